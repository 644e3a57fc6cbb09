"""The step of the default workflow: a reviewer approves, or returns with a reason.

A reviewer is who stands in one of the task's groups and may publish the page: rights that are
given on a section bound what its holders can moderate, whatever the workflow says.
"""

from typing import Any

from django import forms
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, Page
from wagtail.permissions import policy_registry

from knowledge.governance.errors import ModerationRefused, ReasonMissing

MAX_COMMENT_CHARS = 2000


class ReturnForm(TaskStateCommentForm):
    """A contributor who gets work back must know why."""

    comment = forms.CharField(
        label=_("What has to change?"),
        required=True,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say what has to change before you return it.")},
    )


class EditorialReviewTask(AbstractGroupApprovalTask):
    def reviewed_by(self, page: Page, user: Any) -> bool:
        """Whether ``user`` may approve or return ``page`` in this step."""
        if user.is_superuser:
            return True
        return self._user_in_groups(user) and page.permissions_for_user(user).can_publish()

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return self.reviewed_by(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        return not self.reviewed_by(obj, user)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return self.reviewed_by(obj, user)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str | Promise, bool]]:
        if not self.reviewed_by(obj, user):
            return []
        return [
            ("reject", _("Return with a reason"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        if user.is_superuser:
            return states
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
        # A workflow keeps the key of its object as text.
        keys = pages.annotate(key=Cast("pk", CharField())).values("key")
        return states.filter(workflow_state__object_id__in=keys)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Wagtail's rule; no return without a reason and no approval of what is not complete.

        Whatever door it came through: of what a request brought along only the comment is used.

        Raises:
            ReasonMissing: nothing says what has to change.
            ModerationRefused: parts that the kind requires are missing; they are named.
        """
        comment = str(kwargs.get("comment") or "").strip()[:MAX_COMMENT_CHARS]
        if action_name == "reject" and not comment:
            raise ReasonMissing
        if action_name == "approve":
            self._demand_complete(task_state.workflow_state.content_object)
        super().on_action(task_state, user, action_name, comment=comment)

    def _demand_complete(self, page: Any) -> None:
        latest = page.get_latest_revision_as_object()
        missing = latest.missing_parts() if hasattr(latest, "missing_parts") else []
        if missing:
            raise ModerationRefused(_("Still missing: %s.") % ", ".join(missing))

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve, or return with a reason"))

    class Meta:
        verbose_name = _("Editorial review")
        verbose_name_plural = _("Editorial reviews")
