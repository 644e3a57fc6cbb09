"""Links of rich text to a place on a page, as imports bring them along.

Wagtail keeps a page link as an id. Here it may carry the anchor of a heading as well; an editor
who changes the link in the admin gets one to the top of the page.
"""

from templates_lib.wagtail_hooks import ContextPageLinkHandler


class AnchoredPageLinkHandler(ContextPageLinkHandler):
    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        anchors = super().expand_db_attributes_many(attrs_list)
        return [
            _with_fragment(anchor, attrs.get("fragment"))
            for anchor, attrs in zip(anchors, attrs_list, strict=True)
        ]


def _with_fragment(anchor: str, fragment: str | None) -> str:
    """``anchor`` is an opening tag; without an address it stays what it is."""
    if not fragment or not anchor.endswith('">'):
        return anchor
    # The attribute was read from stored HTML, where it is escaped.
    return f'{anchor[:-2]}#{fragment}">'
