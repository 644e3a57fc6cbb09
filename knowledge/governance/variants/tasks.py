"""Background work. Each task may run twice: what was compared is not due any more."""

from celery import shared_task

from knowledge.governance.variants.services import counting, telling


@shared_task(ignore_result=True, acks_late=True)
def compare_published() -> None:
    """Compare the variants of which something was published since, and tell their people."""
    for variant_id in counting.stale():
        counting.recount(variant_id=variant_id)
        telling.tell(variant_id=variant_id)
