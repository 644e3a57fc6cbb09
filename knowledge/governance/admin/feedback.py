"""Feedback as a list in the admin.

wagtail-modeladmin fits here (docs/adr/0003): a plain table with filters and export, no drafts.
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register
from wagtail_modeladmin.views import EditView

from knowledge.catalog.admin.histories import GuardedHistoryView
from knowledge.governance.errors import AnswerRefused
from knowledge.governance.models import Feedback
from knowledge.governance.services import answers


class FeedbackPermissions(PermissionHelper):
    """What readers said is not written or removed in the admin; only its state is moved."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Feedback) -> bool:
        return super().user_can_edit_obj(user, obj) and _answers_for(user, obj.page)

    def user_can_inspect_obj(self, user: Any, obj: Feedback) -> bool:
        return super().user_can_inspect_obj(user, obj) and _answers_for(user, obj.page)


class AnswerView(EditView):
    """Saves through the service, which tells the person who wrote."""

    def form_valid(self, form: Any) -> HttpResponse:
        given = form.cleaned_data
        try:
            answers.answer(
                feedback=Feedback.objects.get(pk=self.instance.pk),
                by=self.request.user,
                state=given["state"],
                text=given["answer"],
                done_in=given["done_in"],
                at=timezone.now(),
            )
        except AnswerRefused as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Kept. Who wrote it hears of your answer."))
        return redirect(self.get_success_url())


def _answers_for(user: Any, page: Page) -> bool:
    """Rights follow the tree here too: only what is said of pages that the person looks after."""
    return policy_registry.get_by_type(Page).user_has_any_permission_for_instance(
        user, ["change", "publish"], page
    )


@modeladmin_register
class FeedbackAdmin(ModelAdmin):
    model = Feedback
    permission_helper_class = FeedbackPermissions
    menu_label = _("Feedback")
    menu_icon = "comment"
    menu_order = 250
    list_display = ("sort", "artifact", "reason", "quote", "text", "author", "state", "created_at")
    list_filter = ("state", "sort", "created_at")
    list_export = (
        *("sort", "page", "version", "reason", "quote", "text", "author"),
        *("state", "answer", "done_in", "created_at"),
    )
    list_select_related = ("page", "author")
    search_fields = ("text", "page__title")
    inspect_view_enabled = True
    history_view_class = GuardedHistoryView
    edit_view_class = AnswerView
    panels = [
        FieldPanel("sort", read_only=True),
        FieldPanel("reason", read_only=True),
        FieldPanel("quote", read_only=True),
        FieldPanel("text", read_only=True),
        FieldPanel("version", read_only=True),
        "state",
        "answer",
        "done_in",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feedback]:
        """Of the pages that the person may change or publish."""
        pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
            request.user, ["change", "publish"]
        )
        return super().get_queryset(request).filter(page__in=pages.values("pk"))

    def artifact(self, feedback: Feedback) -> str:
        return format_html('<a href="{}">{}</a>', feedback.page.url or "", feedback.page.title)

    artifact.short_description = _("artifact")  # type: ignore[attr-defined]  # modeladmin's way
