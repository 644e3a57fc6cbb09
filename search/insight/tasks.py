"""Background work of the search log. Each task may run twice."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from search.insight import writing
from search.insight.recording import buffer


@shared_task(
    name="search.insight.tasks.write_waiting",
    ignore_result=True,
    soft_time_limit=60,
    time_limit=90,
)
def write_waiting() -> None:
    """Write the searches of the last half minute."""
    buffer.flush()


@shared_task(name="search.insight.tasks.forget_old", ignore_result=True)
def forget_old() -> None:
    """Delete what is older than the operator wants it kept; all of it when the log is off."""
    writing.forget(older_than_days=settings.PORTAL_SEARCH_LOG_DAYS, now=timezone.now())
