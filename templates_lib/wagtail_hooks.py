"""Rich text links to pages obey the render context: no query each, nothing unseen is named."""

from django.utils.html import escape
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from templates_lib.rendering import current, page_target


class ContextPageLinkHandler(PageLinkHandler):
    """Asks the render context where a page is; without one (the editor's preview) the database."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        if current() is None:
            return super().expand_db_attributes_many(attrs_list)
        return [cls._anchor(attrs.get("id")) for attrs in attrs_list]

    @staticmethod
    def _anchor(page_id: str | None) -> str:
        # Digits such as "²" are digits to Python, but no number.
        number = page_id or ""
        target = page_target(int(number)) if number.isascii() and number.isdigit() else None
        return f'<a href="{escape(target.url)}">' if target else "<a>"


@hooks.register("register_rich_text_features", order=10)
def use_context_links(features: FeatureRegistry) -> None:
    features.register_link_type(ContextPageLinkHandler)
