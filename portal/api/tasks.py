"""Background work of the API. The task may run twice."""

from celery import shared_task
from django.utils import timezone

from portal.api import idempotency


@shared_task(name="portal.api.tasks.forget_old_answers", ignore_result=True)
def forget_old_answers() -> None:
    idempotency.forget_old(now=timezone.now())
