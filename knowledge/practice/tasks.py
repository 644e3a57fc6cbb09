"""Background work of practice. Each task may run twice."""

from celery import shared_task
from django.utils import timezone

from knowledge.practice.services import deadlines, late_decisions


@shared_task(ignore_result=True)
def watch_deadlines() -> None:
    """One task a step or decision, so that an address that is refused stops nobody else's mail."""
    for step_id in deadlines.waiting(now=timezone.now()):
        tell_of_deadline.delay(step_id)
    for decision_id in late_decisions.waiting(now=timezone.now()):
        tell_of_decision.delay(decision_id)


@shared_task(ignore_result=True, acks_late=True)
def tell_of_deadline(step_id: int) -> None:
    """When the mail server is away it raises, and the next round tries again."""
    deadlines.tell(step_id=step_id, now=timezone.now())


@shared_task(ignore_result=True, acks_late=True)
def tell_of_decision(decision_id: int) -> None:
    """As ``tell_of_deadline``."""
    late_decisions.tell(decision_id=decision_id, now=timezone.now())
