"""The first mail about a step, in the place of Wagtail's own.

Wagtail writes to every member of a step's groups. Here that would tell the owner of one section the
titles of the drafts of all others: who is written to is who may decide, and the mail leads to the
decision. Whether to have such mails is each person's choice, as Wagtail keeps it.
"""

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState

from knowledge.catalog.people import called
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

    def get_template_set(self, instance: Any, **kwargs: Any) -> dict[str, str]:
        if not isinstance(instance.task.specific, ReviewTask):
            return dict(super().get_template_set(instance, **kwargs))
        return {"subject": "reviewing/mails/waits_subject.txt", "text": "reviewing/mails/waits.txt"}

    def get_context(self, instance: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(instance, **kwargs)
        row = Assignment.objects.filter(task_state=instance.pk).first()
        by = called(instance.workflow_state.requested_by)
        return context | {"task_state": instance, "row": row, "by": by}

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> list[Any]:
        if not isinstance(task_state.task.specific, ReviewTask):
            return list(super().get_recipient_users(task_state, **kwargs))
        row = Assignment.objects.select_related("page").filter(task_state=task_state.pk).first()
        if row is None:
            return []
        by = kwargs.get("user")
        people = assignments.candidates(row).exclude(pk=by.pk if by else None)
        return list(people[:MOST])
