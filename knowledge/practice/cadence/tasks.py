"""Background work of cadences. The task may run twice."""

from celery import shared_task
from django.utils import timezone

from knowledge.practice.cadence import selectors, services


@shared_task(name="knowledge.practice.cadence.tasks.make_due", ignore_result=True)
def make_due() -> None:
    """The next task of every cadence that has none: what publishing missed, and old content."""
    today = timezone.localdate()
    for page in selectors.with_cadence():
        services.ensure(page=page, today=today)
