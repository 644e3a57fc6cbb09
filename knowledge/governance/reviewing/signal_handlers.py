"""What waits follows Wagtail's workflow."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save, pre_delete
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.signals import task_approved, task_cancelled, task_rejected, task_submitted

from knowledge.governance.reviewing.announcing import StepNotifier
from knowledge.governance.reviewing.models import QualityGateState
from knowledge.governance.reviewing.services import assignments, opening

_notifier = StepNotifier()
WAGTAILS = "group_approval_task_submitted_email_notification"


def _begin(instance: TaskState, **_kwargs: Any) -> None:
    opening.begin(state=instance, at=timezone.now())


def _end(instance: TaskState, **_kwargs: Any) -> None:
    opening.end(state=instance)


def _let_go(instance: Any, **_kwargs: Any) -> None:
    assignments.let_go(person=instance)


def _let_go_when_closed(instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    if not (created or raw or instance.is_active):
        assignments.let_go(person=instance)


def connect() -> None:
    """Called once when the app is ready."""
    task_submitted.connect(_begin, dispatch_uid="reviewing.begin")
    for ended in (task_approved, task_rejected, task_cancelled):
        ended.connect(_end, dispatch_uid="reviewing.end")
    # After the row is there: it says who may decide.
    # Under the name of Wagtail's own, which is then refused or replaced, whoever is ready first.
    task_submitted.disconnect(sender=TaskState, dispatch_uid=WAGTAILS)
    for sort in (TaskState, QualityGateState):
        task_submitted.connect(_notifier, sender=sort, dispatch_uid=WAGTAILS)
    person = get_user_model()
    pre_delete.connect(_let_go, sender=person, dispatch_uid="reviewing.person-deleted")
    post_save.connect(_let_go_when_closed, sender=person, dispatch_uid="reviewing.person-closed")
