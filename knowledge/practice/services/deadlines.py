"""Steps whose time is up: their people are told once. Who tells them listens to the signal."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from knowledge.catalog.permissions import access_for
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.permissions import may_join
from knowledge.practice.services.log import locked, note
from knowledge.practice.signals import step_overdue

A_ROUND = 200
OPEN = ~Q(state__in=RunStep.SETTLED)


def overdue(now: datetime) -> QuerySet[RunStep]:
    """Steps still to be done whose people have not been told."""
    return RunStep.objects.filter(
        OPEN, run__state=Run.State.RUNNING, deadline__lte=now, told_at__isnull=True
    )


def waiting(*, now: datetime) -> list[int]:
    """Their ids, those that wait longest first; a round's worth."""
    return list(overdue(now).order_by("deadline", "pk").values_list("pk", flat=True)[:A_ROUND])


@transaction.atomic
def tell(*, step_id: int, now: datetime) -> bool:
    """Tell whoever does the step, and whoever leads the run, that its time is up.

    Whoever comes second finds it done. Those who may not see the run any more hear nothing.

    Returns:
        Whether this call told them.

    Raises:
        OSError: the mail server is away; the step waits as before.
    """
    found = Run.objects.filter(steps=step_id).first()
    if found is None:
        return False
    run = locked(found)
    step = overdue(now).select_related("person").filter(pk=step_id).first()
    if step is None:
        return False
    step.told_at = now
    step.save(update_fields=["told_at"])
    note(run=run, sort=RunEvent.Sort.OVERDUE, by=None, step=step, at=now)
    step_overdue.send(sender=Run, run=run, step=step, people=_people(run, step))
    return True


def _people(run: Run, step: RunStep) -> list[Any]:
    role = run.roles.filter(name=step.role, person__isnull=False).select_related("person").first()
    doing = step.person or (role.person if role else None)
    found = {one.pk: one for one in (doing, run.lead) if one is not None and one.is_active}
    return [one for one in found.values() if may_join(run, one, access_for(one))]
