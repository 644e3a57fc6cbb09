"""Background work of governance. Each task may run twice."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from knowledge.governance.services import feedback, letters, reminders


@shared_task(acks_late=True, autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def deliver_feedback(feedback_id: int) -> None:
    """Mail one piece of feedback to the owner; a second run finds it done."""
    feedback.deliver(feedback_id=feedback_id, now=timezone.now())


@shared_task
def deliver_waiting_feedback() -> None:
    """Mail what was left because the broker or the mail server was away."""
    for feedback_id in feedback.waiting(now=timezone.now()):
        deliver_feedback.delay(feedback_id)


@shared_task
def send_letters() -> None:
    """Send the mails that wait; runs after each change that mails, and every minute."""
    letters.send_due(now=timezone.now())


@shared_task
def remind_of_reviews() -> None:
    """One task a person, so that an address that is refused stops nobody else's mail."""
    for person_id in reminders.waiting(now=timezone.now()):
        remind_person.delay(person_id)


@shared_task(acks_late=True)
def remind_person(person_id: int) -> None:
    """When the mail server is away it raises, and the next round tries again."""
    reminders.deliver(person_id=person_id, now=timezone.now())


@shared_task
def publish_scheduled() -> None:
    """Publish and unpublish what has come due; safe at any number of times."""
    call_command("publish_scheduled")
