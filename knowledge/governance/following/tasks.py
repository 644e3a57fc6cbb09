"""Background work. Each task may run twice: what was mailed is not due any more."""

from celery import shared_task
from django.utils import timezone

from knowledge.governance.following import digests


@shared_task(ignore_result=True)
def mail_changes() -> None:
    """One task a person, so that an address that is refused stops nobody else's mail."""
    for person_id in digests.waiting(now=timezone.now()):
        mail_person.delay(person_id)


@shared_task(ignore_result=True, acks_late=True)
def mail_person(person_id: int) -> None:
    """When the mail server is away it raises, and the next round tries again."""
    digests.deliver(person_id=person_id, now=timezone.now())
