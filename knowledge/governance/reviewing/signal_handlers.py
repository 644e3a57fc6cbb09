"""What waits follows Wagtail's workflow."""

from typing import Any

from django.utils import timezone
from wagtail.models import TaskState
from wagtail.signals import task_approved, task_cancelled, task_rejected, task_submitted

from knowledge.governance.reviewing.services import opening


def _begin(instance: TaskState, **_kwargs: Any) -> None:
    opening.begin(state=instance, at=timezone.now())


def _end(instance: TaskState, **_kwargs: Any) -> None:
    opening.end(state=instance)


def connect() -> None:
    """Called once when the app is ready."""
    task_submitted.connect(_begin, dispatch_uid="reviewing.begin")
    for ended in (task_approved, task_rejected, task_cancelled):
        ended.connect(_end, dispatch_uid="reviewing.end")
