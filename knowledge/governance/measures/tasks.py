"""Background work of the counts. Each task may run twice."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from knowledge.governance.measures.recording import writing


@shared_task(name="knowledge.governance.measures.tasks.fold_old", ignore_result=True)
def fold_old() -> None:
    """Make months of old days, as the operator wants it."""
    writing.fold(older_than_days=settings.PORTAL_USAGE_DAILY_DAYS, today=timezone.localdate())
