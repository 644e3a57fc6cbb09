"""Background work of reviewing. Each task may run twice: what was mailed is not due any more."""

from celery import shared_task
from django.utils import timezone

from knowledge.governance.reviewing.services import chasing


@shared_task(ignore_result=True)
def chase() -> None:
    """One task a person, so that an address that is refused stops nobody else's mail."""
    for person_id in chasing.waiting(now=timezone.now()):
        chase_person.delay(person_id)


@shared_task(ignore_result=True, acks_late=True)
def chase_person(person_id: int) -> None:
    """When the mail server is away it raises, and the next round tries again."""
    chasing.deliver(person_id=person_id, now=timezone.now())
