"""Background work of My work. Each task may run twice: who was looked after today is not due."""

from celery import shared_task
from django.utils import timezone

from knowledge.practice.work import morning


@shared_task(ignore_result=True)
def mail_mornings() -> None:
    """One task a person, so that an address that is refused stops nobody else's mail."""
    for person_id in morning.waiting(now=timezone.now()):
        mail_morning.delay(person_id)


@shared_task(ignore_result=True, acks_late=True)
def mail_morning(person_id: int) -> None:
    """When the mail server is away it raises, and the next round tries again."""
    morning.deliver(person_id=person_id, now=timezone.now())
