"""Background work. Each task may run twice: it looks at what is there."""

from celery import shared_task
from django.utils import timezone

from knowledge.governance.lint import services


@shared_task(ignore_result=True)
def check(page_ids: list[int]) -> None:
    services.check(page_ids=page_ids, now=timezone.now())


@shared_task(ignore_result=True, soft_time_limit=3000, time_limit=3300)
def check_all() -> None:
    services.check_all(now=timezone.now())
