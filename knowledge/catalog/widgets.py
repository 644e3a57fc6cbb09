"""Fields of the edit form."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminPageChooser, AdminTagWidget
from wagtail.models import Page

from knowledge.catalog.rights import is_closed


class OfferedTags(AdminTagWidget):
    """Wagtail's field; while typing it suggests what is still offered, the most used first."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["autocomplete_url"] = reverse("taxonomy_tags")
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("taxonomy_tags")
        return context


class PageOpenTo(AdminPageChooser):
    """The chooser ``like``, which does not name a page that is closed to ``user``."""

    def __init__(self, user: Any, like: AdminPageChooser) -> None:
        super().__init__(
            target_models=like.target_models,
            can_choose_root=like.can_choose_root,
            user_perms=like.user_perms,
            attrs=like.attrs,
        )
        self.is_required = like.is_required
        self._user = user

    def get_value_data_from_instance(self, instance: Page) -> dict[str, Any]:
        if is_closed(instance.path, self._user):
            return {
                "id": instance.pk,
                "edit_url": None,
                self.display_title_key: _("(Private page)"),
                "parent_id": None,
            }
        data: dict[str, Any] = super().get_value_data_from_instance(instance)
        return data
