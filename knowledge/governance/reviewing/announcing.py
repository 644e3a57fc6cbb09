"""The first mail about a step, in the place of Wagtail's own.

Wagtail writes to every member of a step's groups. Here that would tell the owner of one section the
titles of the drafts of all others: who is written to is who may decide. The words are Wagtail's, and
so is the choice of each person whether to have them.
"""

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState

from knowledge.governance.reviewing.models import Assignment, ReviewTask
from knowledge.governance.reviewing.services import assignments

MOST = 100


class StepNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Writes to those who may decide, whoever they are by now; of Wagtail's own sorts as it does."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        ours = isinstance(instance, TaskState) and isinstance(instance.task.specific, ReviewTask)
        return ours or super().can_handle(instance, **kwargs)

    def get_template_base_prefix(self, instance: Any, **kwargs: Any) -> str:
        return "task_state_"

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> list[Any]:
        if not isinstance(task_state.task.specific, ReviewTask):
            return list(super().get_recipient_users(task_state, **kwargs))
        row = Assignment.objects.select_related("page").filter(task_state=task_state.pk).first()
        if row is None:
            return []
        by = kwargs.get("user")
        people = assignments.candidates(row).exclude(pk=by.pk if by else None)
        return list(people[:MOST])
