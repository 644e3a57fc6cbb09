"""Background work. Tasks carry nothing and may run twice: they look at what is there."""

from celery import shared_task

from search.related import comparing


@shared_task(ignore_result=True, soft_time_limit=240)
def catch_up() -> None:
    comparing.catch_up()


@shared_task(ignore_result=True, soft_time_limit=3000, time_limit=3300)
def compare_all() -> None:
    comparing.compare_all()
