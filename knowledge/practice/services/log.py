"""The log of a run: numbered without gaps, so that a page can ask what came after what it shows."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from knowledge.catalog.people import called
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.teams.permissions import is_member


def locked(run_id: int) -> Run:
    """The run, held until the transaction ends: its changes come one after the other.

    Raises:
        Run.DoesNotExist: there is none.
    """
    # The artifact is not locked, and outer joins cannot be.
    return Run.objects.select_for_update().get(pk=run_id)


@transaction.atomic
def note(
    *,
    run: Run,
    sort: RunEvent.Sort,
    by: Any,
    step: RunStep | None = None,
    text: str = "",
    at: datetime | None = None,
) -> RunEvent:
    """Add a line; ``run`` is locked by the caller."""
    run.last_event += 1
    event = RunEvent.objects.create(
        run=run,
        number=run.last_event,
        at=at or timezone.now(),
        by=by,
        by_name=called(by),
        sort=sort,
        step=step,
        text=text,
    )
    run.save(update_fields=["last_event"])
    # A member is there by the team, and leaves the run with it (ADR 0014).
    if not is_member(run.team_id, by):
        run.people.add(by)
    return event
