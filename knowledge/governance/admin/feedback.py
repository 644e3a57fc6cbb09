"""Feedback as a list in the admin.

wagtail-modeladmin fits here (docs/adr/0003): a plain table with filters and export, no drafts.
"""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from knowledge.governance.models import Feedback


class FeedbackPermissions(PermissionHelper):
    """What readers said is not written or removed in the admin; only its state is moved."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


@modeladmin_register
class FeedbackAdmin(ModelAdmin):
    model = Feedback
    permission_helper_class = FeedbackPermissions
    menu_label = _("Feedback")
    menu_icon = "comment"
    menu_order = 250
    list_display = ("sort", "artifact", "text", "author", "state", "created_at")
    list_filter = ("state", "sort", "created_at")
    list_export = ("sort", "page", "version", "text", "author", "state", "created_at")
    list_select_related = ("page", "author")
    search_fields = ("text", "page__title")
    inspect_view_enabled = True
    panels = ["state"]

    def artifact(self, feedback: Feedback) -> str:
        return format_html('<a href="{}">{}</a>', feedback.page.url or "", feedback.page.title)

    artifact.short_description = _("artifact")  # type: ignore[attr-defined]  # modeladmin's way
