"""Making the next task of a cadence, and ending one with what came of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import freshness
from knowledge.practice.cadence.models import NOTE_CHARS, RecurringTask
from knowledge.practice.cadence.selectors import Meeting, meetings_of
from knowledge.practice.errors import ChangedMeanwhile, RunRefused


def ensure(*, page: Artifact, today: date) -> int:
    """One open task for each meeting of the live ``page``; how many were made.

    The first is due so many days from today, a later one as many after the one before, and never in
    the past: what was missed for months is not asked for month by month. Tasks of meetings that are
    not in the cadence any more go while they are open. Run twice, the second does nothing.
    """
    meetings = meetings_of(page)
    open_ones = RecurringTask.objects.filter(artifact=page.pk, done_at__isnull=True)
    there = {task.name: task for task in open_ones}
    gone = [task.pk for name, task in there.items() if name not in meetings]
    if gone:
        RecurringTask.objects.filter(pk__in=gone, done_at__isnull=True).delete()
    _refresh(there, meetings)
    made = sum(_make(page, one, today) for one in meetings.values() if one.name not in there)
    if made or gone:
        # The page names the next days.
        freshness.bump()
    return made


def _refresh(there: Mapping[str, RecurringTask], meetings: Mapping[str, Meeting]) -> None:
    """The words of an open task are those of the cadence; its day stays what people know."""
    for task in there.values():
        now = meetings.get(task.name)
        if now is None:
            continue
        said = (now.purpose, now.role, now.every_days)
        if (task.purpose, task.role, task.every_days) != said:
            task.purpose, task.role, task.every_days = said
            task.save(update_fields=["purpose", "role", "every_days"])


def _make(page: Artifact, meeting: Meeting, today: date) -> int:
    last = (
        RecurringTask.objects.filter(artifact=page.pk, name=meeting.name).order_by("-due").first()
    )
    due = next_due(last.due if last else today, meeting.every_days, today)
    try:
        with transaction.atomic():
            RecurringTask.objects.create(
                artifact_id=page.pk,
                name=meeting.name,
                purpose=meeting.purpose,
                role=meeting.role,
                every_days=meeting.every_days,
                due=due,
            )
    except IntegrityError:
        # Two at once: the other was faster.
        return 0
    return 1


def next_due(last: date, every_days: int, today: date) -> date:
    """The first day to come in the rhythm of ``last``, and after it."""
    missed = max(0, (today - last).days // every_days)
    return last + timedelta(days=every_days * (missed + 1))


@transaction.atomic
def end(*, task: RecurringTask, by: Any, note: str, at: datetime) -> RecurringTask:
    """It was done; the next one is made at once. Whose task it is, the caller has asked.

    Raises:
        RunRefused: nothing was said of what came of it, or too much.
        ChangedMeanwhile: somebody else has ended it.
    """
    task = RecurringTask.objects.select_for_update().get(pk=task.pk)
    if not task.is_open:
        raise ChangedMeanwhile(_("Somebody has ended this task meanwhile."))
    note = note.replace("\0", "").strip()
    if not note:
        raise RunRefused(_("Say in a sentence what came of it."), "note")
    if len(note) > NOTE_CHARS:
        raise RunRefused(_("At most %d characters.") % NOTE_CHARS, "note")
    task.done_at, task.done_by, task.note = at, by, note
    task.save(update_fields=["done_at", "done_by", "note"])
    page = task.artifact.specific
    if page.live:
        ensure(page=page, today=timezone.localdate(at))
    return task
