"""Background work. Each task may run twice: it looks at what is there."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from knowledge.governance.lint import services
from knowledge.governance.lint.outside import rounds


@shared_task(ignore_result=True)
def check(page_ids: list[int]) -> None:
    services.check(page_ids=page_ids, now=timezone.now())


@shared_task(ignore_result=True, soft_time_limit=3000, time_limit=3300)
def check_all() -> None:
    services.check_all(now=timezone.now())


@shared_task(ignore_result=True, soft_time_limit=1200, time_limit=1260)
def ask_outside() -> None:
    """Ask the addresses of other sites that are due, where the operator allows it."""
    if settings.PORTAL_CHECK_OUTSIDE_LINKS:
        rounds.ask_due(now=timezone.now())
