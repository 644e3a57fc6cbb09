"""Background work of indicators. Each task may run twice."""

from celery import shared_task
from django.utils import timezone

from knowledge.governance.kpis.services import figures, mailing


@shared_task(name="knowledge.governance.kpis.tasks.compute", ignore_result=True)
def compute() -> None:
    """What the portal measures itself, and the trust of the library, as of today."""
    figures.compute(today=timezone.localdate(), now=timezone.now())


@shared_task(name="knowledge.governance.kpis.tasks.mail_week", ignore_result=True)
def mail_week() -> None:
    """One task a person, so that an address that is refused stops nobody else's mail."""
    for person_id in mailing.waiting(now=timezone.now()):
        mail_person.delay(person_id)


@shared_task(name="knowledge.governance.kpis.tasks.mail_person", acks_late=True)
def mail_person(person_id: int) -> None:
    """When the mail server is away it raises, and the next round tries again."""
    mailing.deliver(person_id=person_id, now=timezone.now())
