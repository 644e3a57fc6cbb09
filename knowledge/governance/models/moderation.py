"""The step of the default workflow: a reviewer approves, or returns with a reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask


class ReturnForm(TaskStateCommentForm):
    """A contributor who gets work back must know why."""

    comment = forms.CharField(
        label=_("What has to change?"),
        required=True,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class EditorialReviewTask(AbstractGroupApprovalTask):
    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Wagtail's rule, and no return without a reason, whatever door it came through."""
        if action_name == "reject" and not (kwargs.get("comment") or "").strip():
            raise ValidationError(
                _("Say what has to change before you return it."), code="no_reason"
            )
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve, or return with a reason"))

    class Meta:
        verbose_name = _("Editorial review")
        verbose_name_plural = _("Editorial reviews")
