"""A row of what waits comes with the step and goes with it, in the same transaction."""

from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.models import Page, TaskState

from knowledge.governance.reviewing.models import Assignment, ReviewTask

DEFAULT_DAYS = 5


def begin(*, state: TaskState, at: datetime) -> Assignment | None:
    """Let the step wait; due as the step says. None for what is no page."""
    page = state.workflow_state.content_object
    if not isinstance(page, Page) or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    task = state.task.specific
    days = task.due_days if isinstance(task, ReviewTask) else DEFAULT_DAYS
    row, _created = Assignment.objects.get_or_create(
        task_state_id=state.pk,
        defaults={
            "page_id": page.pk,
            "due_on": timezone.localdate(at) + timedelta(days=days),
            "opened_at": at,
        },
    )
    return row


def end(*, state: TaskState) -> None:
    """The step has ended, however."""
    Assignment.objects.filter(task_state=state.pk).delete()
