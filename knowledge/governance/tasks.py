"""Background work of governance. Each task may run twice."""

from celery import shared_task
from django.core.cache import cache
from django.core.management import call_command

from knowledge.governance.models import Feedback
from knowledge.governance.services import feedback as feedback_service


@shared_task(acks_late=True, autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def deliver_feedback(feedback_id: int) -> None:
    """Mail one piece of feedback to the owner, once: the mark is set before the mail is sent."""
    if not cache.add(f"feedback-mailed:{feedback_id}", 1, 7 * 24 * 3600):
        return
    feedback = Feedback.objects.select_related("page").filter(pk=feedback_id).first()
    if feedback is None:
        return
    try:
        feedback_service.deliver(feedback=feedback)
    except OSError:
        cache.delete(f"feedback-mailed:{feedback_id}")
        raise


@shared_task
def publish_scheduled() -> None:
    """Publish and unpublish what has come due; safe at any number of times."""
    call_command("publish_scheduled")
