"""The page of one run. The number of queries does not depend on the number of steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.models import Run, RunEvent, RunRole, RunStep
from knowledge.practice.permissions import leads
from knowledge.practice.selectors.outline import Moved, Step, outline
from knowledge.practice.selectors.runs.steps import ShownStep, Standing, people_of, shown_steps
from knowledge.practice.teams.choosing import shown_to
from knowledge.practice.teams.models import Team

LOG_LINES = 12
LINE_FIELDS = ("run", "number", "at", "by_name", "sort", "text", "step__title")
# Who shows something older than so many events gets all of it.
MOST_EVENTS = 200
Sort = RunEvent.Sort
# What changes more than the step that it is about.
OF_THE_RUN = (Sort.ROLE, Sort.HANDED_OVER, Sort.STARTED, Sort.ENDED)


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    steps: Sequence[ShownStep]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTick:
    """What one tick changes of the page; the counts are of all steps.

    ``event`` is the number of the event up to which everything that changed is shown.
    """

    row: Run
    event: int
    sections: Sequence[Section]
    current: Step | None
    events: Sequence[RunEvent]
    is_lead: bool
    settled: int
    total: int
    # Whether it may be called a success.
    is_complete: bool
    # Of the steps that are left: whose time is up, and in a plan those that are nobody's.
    late: int
    unowned: int

    @property
    def has_older_events(self) -> bool:
        return self.row.last_event > len(self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRun(ShownTick):
    """``sections`` may hold only the steps that changed."""

    roles: Sequence[RunRole]
    people: Sequence[Any]
    # None for readers who are not in it.
    team: Team | None
    # Empty when the artifact is gone, or the reader may not see it.
    artifact_url: str
    artifact_version: str

    @property
    def has_moved_on(self) -> bool:
        """Whether the artifact has another version by now."""
        if self.row.is_pilot:
            return False
        return bool(self.artifact_url) and self.artifact_version != self.row.version


def show(
    run: Run,
    user: Any,
    access: Access,
    *,
    now: datetime | None = None,
    after: int | None = None,
    also: int | None = None,
) -> ShownRun:
    """Everything of the page of one run. Eight queries, and those for the rights on its team.

    With ``after``, the number of an event that a page shows already, only the steps that are another
    since; ``also`` is the id of a step that is wanted in any case.
    """
    now = now or timezone.now()
    # Whole steps are looked up once it is known which.
    rows: Sequence[Step] = list(run.steps.all()) if after is None else outline(run)
    standing = Standing(run, rows)
    changed = None if after is None else _changed(standing, after)
    shown = _whole(standing, changed, also)
    roles, people = list(run.roles.all()), list(run.people.order_by("pk"))
    known = people_of(shown, roles, {person.pk: person for person in people})
    for role in roles:
        role.person = known.get(role.person_id or 0)
    artifact = _artifact(run, access)
    steps = shown_steps(standing, shown, roles=roles, known=known, access=access, now=now)
    return ShownRun(
        **_common(standing, steps, roles, user, now),
        event=run.last_event,
        roles=roles,
        people=people,
        team=shown_to(run, user),
        artifact_url=site_path(artifact[0]) if artifact else "",
        artifact_version=artifact[1] if artifact else "",
    )


def show_tick(
    moved: Moved, user: Any, access: Access, *, after: int, now: datetime | None = None
) -> ShownTick:
    """What a step that was moved changes of a page that shows everything up to the event ``after``.

    What others did meanwhile comes when the page asks for it. One query, and one each when the next
    step is another, when a role is named, when people are, and when artifacts are linked to.
    """
    now = now or timezone.now()
    run, row = moved.step.run, moved.step
    standing, before = Standing(run, moved.after), Standing(run, moved.before).current
    shown, current = [row], standing.current
    turned = {one.pk for one in (before, current) if one} if before != current else set()
    if turned - {row.pk}:
        others = run.steps.filter(pk__in=turned - {row.pk})
        shown = sorted([row, *others], key=lambda one: one.position)
    needs_roles = standing.unowned([]) or any(one.role for one in shown)
    roles = list(run.roles.all()) if needs_roles else []
    known = people_of(shown, roles, {user.pk: user})
    steps = shown_steps(standing, shown, roles=roles, known=known, access=access, now=now)
    # A page that lacks what others did goes on asking from what it has.
    whole = run.last_event - moved.lines <= after
    return ShownTick(
        **_common(standing, steps, roles, user, now), event=run.last_event if whole else after
    )


def log_of(run: Run) -> QuerySet[RunEvent]:
    """The whole log, the newest first."""
    return run.events.select_related("step").only(*LINE_FIELDS)


def _common(
    standing: Standing,
    steps: Sequence[ShownStep],
    roles: Sequence[RunRole],
    user: Any,
    now: datetime,
) -> dict[str, Any]:
    run = standing.run
    sections = groupby(steps, key=lambda step: step.row.section)
    return {
        "row": run,
        "sections": [Section(heading, list(some)) for heading, some in sections],
        "current": standing.current,
        "events": list(log_of(run)[:LOG_LINES]),
        "is_lead": leads(run, user),
        "settled": standing.settled,
        "total": standing.total,
        "is_complete": standing.is_complete,
        "late": standing.late(now),
        "unowned": standing.unowned(roles),
    }


def _changed(standing: Standing, after: int) -> set[int] | None:
    """Ids of the steps that look otherwise than after that event; None: perhaps all of them."""
    run, rows = standing.run, standing.rows
    if not run.last_event - MOST_EVENTS <= after <= run.last_event:
        return None
    lines = list(run.events.filter(number__gt=after).values_list("step", "sort"))
    changed = {step for step, _sort in lines if step is not None}
    decide = {row.depends_on for row in rows if row.depends_on}
    for row in rows:
        # A gate that opens or closes, and an answer, are seen at other steps, too.
        if row.pk in changed and (row.is_gate or row.position in decide):
            return None
    if any(sort in OF_THE_RUN for _step, sort in lines):
        return None
    # The step that was the current one before is the first that is open and did not change.
    before = standing.next_of(row for row in rows if row.pk not in changed)
    return changed | ({before.pk} if before else set())


def _whole(standing: Standing, changed: set[int] | None, also: int | None) -> list[RunStep]:
    """The steps that are shown, with all their columns."""
    if changed is None:
        had = [row for row in standing.rows if isinstance(row, RunStep)]
        return had or list(standing.run.steps.all())
    current = standing.current
    wanted = changed | ({current.pk} if current else set()) | ({also} if also else set())
    return list(standing.run.steps.filter(pk__in=wanted))


def _artifact(run: Run, access: Access) -> tuple[str, str] | None:
    if run.artifact_id is None:
        return None
    pages = visible(Artifact.objects.filter(pk=run.artifact_id), access)
    return pages.values_list("url_path", "version").first()
