"""The log of a run: numbered without gaps, so that a page can ask what came after what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.people import called
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.signals import log_noted
from knowledge.practice.teams.permissions import is_member

TICK_CHARS = 36


@dataclass(frozen=True, slots=True)
class Line:
    sort: RunEvent.Sort
    step: RunStep | None = None
    text: str = ""
    tick: str = ""


def locked(run: Run) -> Run:
    """The run as it is now, held until the transaction ends: its changes come one after the other.

    An artifact that ``run`` has looked up is not looked up again; it is not what changes here.

    Raises:
        Run.DoesNotExist: there is none.
    """
    # The artifact is not locked, and outer joins cannot be.
    held = Run.objects.select_for_update().get(pk=run.pk)
    if Run.artifact.is_cached(run) and held.artifact_id == run.artifact_id:
        held.artifact = run.artifact
    return held


def was_sent(run: Run, tick: str) -> bool:
    """Whether what a browser sends under this id is in the log already; ``run`` is locked."""
    return bool(tick) and run.events.filter(tick=tick[:TICK_CHARS]).exists()


def note(
    *,
    run: Run,
    sort: RunEvent.Sort,
    by: Any,
    step: RunStep | None = None,
    text: str = "",
    at: datetime | None = None,
    tick: str = "",
) -> RunEvent:
    """Add a line; ``run`` is locked by the caller. ``by`` is None for what the portal notices."""
    line = Line(sort, step, text, tick[:TICK_CHARS])
    return note_all(run=run, lines=[line], by=by, at=at)[0]


def note_all(
    *, run: Run, lines: Sequence[Line], by: Any, at: datetime | None = None
) -> list[RunEvent]:
    """Add lines in one go; as many queries for many as for one. The caller holds the lock."""
    if not lines:
        return []
    events = [
        RunEvent(
            run=run,
            number=number,
            at=at or timezone.now(),
            by=by,
            by_name=called(by) or _("The portal"),
            sort=line.sort,
            step=line.step,
            text=line.text,
            tick=line.tick,
        )
        for number, line in enumerate(lines, run.last_event + 1)
    ]
    RunEvent.objects.bulk_create(events)
    run.last_event += len(events)
    run.save(update_fields=["last_event"])
    # A member is there by the team, and leaves the run with it (ADR 0014).
    if by is not None and not is_member(run.team_id, by):
        # Whoever takes part already is left as it is, in one query.
        Run.people.through.objects.bulk_create(
            [Run.people.through(run_id=run.pk, user_id=by.pk)], ignore_conflicts=True
        )
    # Rows that are written in one go tell nobody by themselves.
    log_noted.send(sender=RunEvent, events=events)
    return events
