"""Background work of the audit. It may run twice."""

from celery import shared_task

from knowledge.governance.audit.recording import entries


@shared_task(name="knowledge.governance.audit.tasks.catch_up", ignore_result=True)
def catch_up() -> None:
    """Entries for what was logged before there was this audit, or past it."""
    entries.catch_up()
