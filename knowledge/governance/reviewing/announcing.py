"""The first mail about a step, for those sorts that Wagtail's own notifier does not know.

The words are Wagtail's, and so is the choice of each person whether to have them.
"""

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState

from knowledge.governance.reviewing.models import (
    Assignment,
    DecisionRightTask,
    PeerReviewTask,
    QualityGateTask,
)
from knowledge.governance.reviewing.services import assignments

SORTS = (DecisionRightTask, PeerReviewTask, QualityGateTask)
MOST = 100


class StepNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Writes to those who may decide, whoever they are by now."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        return isinstance(instance, TaskState) and isinstance(instance.task.specific, SORTS)

    def get_template_base_prefix(self, instance: Any, **kwargs: Any) -> str:
        return "task_state_"

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> list[Any]:
        row = Assignment.objects.select_related("page").filter(task_state=task_state.pk).first()
        if row is None:
            return []
        by = kwargs.get("user")
        people = assignments.candidates(row).exclude(pk=by.pk if by else None)
        return list(people[:MOST])
