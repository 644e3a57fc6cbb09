"""The page of one run. The number of queries does not depend on the number of steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.models import Run, RunEvent, RunRole, RunStep
from knowledge.practice.models.runs import PLANS
from knowledge.practice.permissions import leads
from knowledge.practice.selectors.gates import Verdict, closed_gate, rule_of, verdicts
from knowledge.practice.selectors.links import links_in
from knowledge.practice.selectors.outline import Step, outline
from knowledge.practice.teams.choosing import shown_to
from knowledge.practice.teams.models import Team
from templates_lib.base import Prose
from templates_lib.rendering import rendering
from templates_lib.runnable import FACTS

LOG_LINES = 12
LINE_FIELDS = ("run", "number", "at", "by_name", "sort", "text", "step__title")
# Who shows something older than so many events gets all of it.
MOST_EVENTS = 50
State = RunStep.State
Sort = RunEvent.Sort
# What changes more than the step that it is about.
OF_THE_RUN = (Sort.ROLE, Sort.HANDED_OVER, Sort.STARTED, Sort.ENDED)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """``locked_by`` is the title of the gate that stops the step, ``waits_for`` of the question that
    decides about it; empty when none does. ``rule`` is its condition in words.
    """

    row: RunStep
    detail: SafeString | str
    facts: Sequence[tuple[str, str, str]]
    begins: datetime | None
    locked_by: str
    waits_for: str
    rule: str
    # Who has the role, and who is named for the step.
    holder: str
    person: str
    is_mine: bool
    changed_by: str
    is_current: bool
    is_late: bool
    is_unowned: bool

    @property
    def has_words(self) -> bool:
        return bool(self.detail or self.facts)

    @property
    def field_id(self) -> str:
        return f"of-step-{self.row.pk}"

    @property
    def can_move(self) -> bool:
        return not (self.locked_by or self.waits_for or self.row.by_rule)

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded: what is to be done now, and what is not as it should be."""
        hot = (State.DOING, State.FAILED, State.BLOCKED)
        return self.can_move and (self.is_current or self.row.state in hot)


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    steps: Sequence[ShownStep]


@dataclass(frozen=True, slots=True)
class ShownRun:
    """``sections`` may hold only the steps that changed; the counts are of all.

    ``event`` is the number of the event up to which everything that changed is shown.
    """

    row: Run
    event: int
    sections: Sequence[Section]
    current: Step | None
    events: Sequence[RunEvent]
    roles: Sequence[RunRole]
    people: Sequence[Any]
    # None for readers who are not in it.
    team: Team | None
    # Empty when the artifact is gone, or the reader may not see it.
    artifact_url: str
    artifact_version: str
    is_lead: bool
    settled: int
    total: int
    # Whether it may be called a success: nothing mandatory is left, nothing failed.
    is_complete: bool
    # Of the steps that are left: whose time is up, and in a plan those that are nobody's.
    late: int = 0
    unowned: int = 0

    @property
    def has_moved_on(self) -> bool:
        """Whether the artifact has another version by now."""
        if self.row.is_pilot:
            return False
        return bool(self.artifact_url) and self.artifact_version != self.row.version

    @property
    def has_older_events(self) -> bool:
        return self.row.last_event > len(self.events)


def show(
    run: Run,
    user: Any,
    access: Access,
    *,
    now: datetime | None = None,
    after: int | None = None,
    also: int | None = None,
    others: bool = True,
) -> ShownRun:
    """Everything of the page of one run. Eight queries, and those for the rights on its team.

    With ``after``, the number of an event that a page shows already, only the steps that are another
    since; ``also`` is the id of a step that is wanted in any case. Without ``others`` that one and
    what came of it: what was done to other steps meanwhile comes when it is asked for.
    """
    # Whole steps are looked up once it is known which.
    rows: Sequence[Step] = list(run.steps.all()) if after is None else outline(run)
    gate, found = closed_gate(rows), verdicts(rows)
    current = _current(rows, gate, found) if run.is_running else None
    changed, event = None, run.last_event
    if after is not None:
        changed, event = _changed(run, rows, after, found, None if others else also)
    shown = _whole(run, rows, changed, current, also)
    roles = list(run.roles.all())
    people = list(run.people.order_by("pk"))
    known = _known(people, shown, roles)
    events = list(run.events.select_related("step").only(*LINE_FIELDS)[:LOG_LINES])
    artifact = _artifact(run, access)
    names = {pk: called(person) for pk, person in known.items()}
    for role in roles:
        role.person = known.get(role.person_id or 0)
    titles = {row.position: row.title for row in rows}
    seen = _Seen(run, user.pk, now or timezone.now(), gate, current, found, titles, names, roles)
    with rendering(links_in((row.detail for row in shown), access)):
        steps = [_shown(row, seen) for row in shown]
    sections = [
        Section(heading, list(some))
        for heading, some in groupby(steps, key=lambda step: step.row.section)
    ]
    return ShownRun(
        row=run,
        event=event,
        sections=sections,
        current=current,
        events=events,
        roles=roles,
        people=people,
        team=shown_to(run, user),
        artifact_url=site_path(artifact[0]) if artifact else "",
        artifact_version=artifact[1] if artifact else "",
        is_lead=leads(run, user),
        settled=sum(row.is_settled for row in rows),
        total=len(rows),
        late=sum(_is_late(row, seen) for row in rows),
        unowned=sum(_is_unowned(row, seen) for row in rows),
        is_complete=all(
            row.state != State.FAILED and (row.is_settled or row.is_optional) for row in rows
        ),
    )


def log_of(run: Run) -> QuerySet[RunEvent]:
    """The whole log, the newest first."""
    return run.events.select_related("step").only(*LINE_FIELDS)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is asked of every step alike."""

    run: Run
    user_id: int
    now: datetime
    gate: Step | None
    current: Step | None
    verdicts: Mapping[int, Verdict]
    titles: dict[int, str]
    names: Mapping[int, str]
    roles: Sequence[RunRole]


def _known(
    people: Sequence[Any], rows: Iterable[RunStep], roles: Iterable[RunRole]
) -> dict[int, Any]:
    """Whom the page names, by their ids: members of a team need not be among the people."""
    found = {person.pk: person for person in people}
    named = {pk for row in rows for pk in (row.changed_by_id, row.person_id)}
    named |= {role.person_id for role in roles}
    return found | get_user_model().objects.in_bulk(named - {None, *found})


def _current(rows: Iterable[Step], gate: Step | None, found: Mapping[int, Verdict]) -> Step | None:
    """The first step that somebody can settle now."""
    for row in rows:
        if gate is not None and row.position > gate.position:
            return None
        if not row.is_settled and found.get(row.position) != Verdict.WAITS:
            return row
    return None


def _changed(
    run: Run, rows: Sequence[Step], after: int, found: Mapping[int, Verdict], only: int | None
) -> tuple[set[int] | None, int]:
    """Ids of the steps that look otherwise than after that event, None: perhaps all of them; and the
    event up to which that holds, which is ``after`` itself when more changed than the step ``only``.
    """
    if only is None and not run.last_event - MOST_EVENTS <= after <= run.last_event:
        return None, run.last_event
    lines = list(run.events.filter(number__gt=after).values_list("step", "sort"))
    asked = [(step, sort) for step, sort in lines if only is None or step == only]
    changed = {step for step, _sort in asked if step is not None}
    decide = {row.depends_on for row in rows if row.depends_on}
    for row in rows:
        # A gate that opens or closes, and an answer, are seen at other steps, too.
        if row.pk in changed and (row.is_gate or row.position in decide):
            return None, run.last_event
    if any(sort in OF_THE_RUN for _step, sort in asked):
        return None, run.last_event
    # The step that was the current one before is the first that is open and did not change.
    before = _current([row for row in rows if row.pk not in changed], None, found)
    event = run.last_event if len(asked) == len(lines) else after
    return changed | ({before.pk} if before else set()), event


def _whole(
    run: Run,
    rows: Sequence[Step],
    changed: set[int] | None,
    current: Step | None,
    also: int | None,
) -> list[RunStep]:
    """The steps that are shown, with all their columns."""
    if changed is None:
        had = [row for row in rows if isinstance(row, RunStep)]
        return had or list(run.steps.all())
    wanted = changed | ({current.pk} if current else set()) | ({also} if also else set())
    return list(run.steps.filter(pk__in=wanted))


def _shown(row: RunStep, seen: _Seen) -> ShownStep:
    begins = None
    if row.at_minute is not None:
        begins = seen.run.started_at + timedelta(minutes=row.at_minute)
    waits = seen.verdicts.get(row.position) == Verdict.WAITS
    role = next((one for one in seen.roles if one.name == row.role), None)
    doing = row.person_id or (role.person_id if role else None)
    return ShownStep(
        row=row,
        detail=Prose(row.detail).__html__() if row.detail else "",
        facts=[(key, str(FACTS.get(key, key)), text) for key, text in row.facts],
        begins=begins,
        locked_by=seen.gate.title if seen.gate and row.position > seen.gate.position else "",
        waits_for=seen.titles[row.depends_on or 0] if waits else "",
        rule=rule_of(row, seen.titles) if row.depends_on else "",
        holder=seen.names.get(role.person_id or 0, "") if role else "",
        person=seen.names.get(row.person_id or 0, ""),
        is_mine=doing == seen.user_id,
        changed_by=seen.names.get(row.changed_by_id or 0, ""),
        is_current=seen.current is not None and seen.current.pk == row.pk,
        is_late=_is_late(row, seen),
        is_unowned=_is_unowned(row, seen),
    )


def _is_late(row: Step, seen: _Seen) -> bool:
    is_done = row.is_settled or not seen.run.is_running
    return bool(row.deadline and not is_done and row.deadline <= seen.now)


def _is_unowned(row: Step, seen: _Seen) -> bool:
    """In a plan each task is somebody's; in other runs whoever takes part does what comes next."""
    if seen.run.kind not in PLANS or row.is_settled or not seen.run.is_running:
        return False
    if row.is_gate or row.is_milestone:
        return False
    held = {role.name for role in seen.roles if role.person_id}
    return row.person_id is None and row.role not in held


def _artifact(run: Run, access: Access) -> tuple[str, str] | None:
    if run.artifact_id is None:
        return None
    pages = visible(Artifact.objects.filter(pk=run.artifact_id), access)
    return pages.values_list("url_path", "version").first()
