"""The steps of a run as they are shown, on the page of the run and after a tick."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.safestring import SafeString

from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access
from knowledge.practice.models import Run, RunRole, RunStep
from knowledge.practice.models.runs import PLANS
from knowledge.practice.selectors.gates import Verdict, closed_gate, rule_of, verdicts
from knowledge.practice.selectors.links import links_in
from knowledge.practice.selectors.outline import Step
from templates_lib.base import Prose
from templates_lib.rendering import rendering
from templates_lib.runnable import FACTS

State = RunStep.State


@dataclass(frozen=True, slots=True)
class ShownStep:
    """The same for everyone who sees the run.

    ``locked_by`` is the title of the gate that stops the step, ``waits_for`` of the question that
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


class Standing:
    """How a run stands by its steps, given in their order. No query."""

    def __init__(self, run: Run, rows: Sequence[Step]) -> None:
        self.run, self.rows = run, rows
        self.gate, self.verdicts = closed_gate(rows), verdicts(rows)
        self.current = self.next_of(rows) if run.is_running else None
        self.settled, self.total = sum(row.is_settled for row in rows), len(rows)

    def next_of(self, rows: Iterable[Step]) -> Step | None:
        """The first of them that somebody can settle now."""
        for row in rows:
            if self.gate is not None and row.position > self.gate.position:
                return None
            if not row.is_settled and self.verdicts.get(row.position) != Verdict.WAITS:
                return row
        return None

    @cached_property
    def titles(self) -> dict[int, str]:
        return {row.position: row.title for row in self.rows}

    @property
    def is_complete(self) -> bool:
        """Whether it may be called a success: nothing mandatory is left, nothing failed."""
        return all(
            row.state != State.FAILED and (row.is_settled or row.is_optional) for row in self.rows
        )

    def late(self, now: datetime) -> int:
        """How many of the steps that are left should be done by now."""
        return sum(self.is_late(row, now) for row in self.rows)

    def is_late(self, row: Step, now: datetime) -> bool:
        is_done = row.is_settled or not self.run.is_running
        return bool(row.deadline and not is_done and row.deadline <= now)

    def unowned(self, roles: Sequence[RunRole]) -> int:
        """How many of the tasks of a plan that are left are nobody's."""
        if not self._has_owners:
            return 0
        return sum(self.is_unowned(row, roles) for row in self.rows)

    def is_unowned(self, row: Step, roles: Sequence[RunRole]) -> bool:
        """In a plan each task is somebody's; in other runs whoever takes part does what comes next."""
        if not self._has_owners or row.is_settled or row.is_gate or row.is_milestone:
            return False
        held = {role.name for role in roles if role.person_id}
        return row.person_id is None and row.role not in held

    @property
    def _has_owners(self) -> bool:
        return self.run.kind in PLANS and self.run.is_running


def shown_steps(
    standing: Standing,
    rows: Sequence[RunStep],
    *,
    roles: Sequence[RunRole],
    known: Mapping[int, Any],
    access: Access,
    now: datetime,
) -> list[ShownStep]:
    """``known`` are the people by their ids. One query for all the artifacts that they link to."""
    names = {pk: called(person) for pk, person in known.items()}
    with rendering(links_in((row.detail for row in rows), access)):
        return [_shown(row, standing, roles, names, now) for row in rows]


def people_of(
    rows: Iterable[RunStep], roles: Iterable[RunRole], known: Mapping[int, Any]
) -> dict[int, Any]:
    """Whom the steps and roles name, by their ids; one query unless all are ``known``."""
    named = {pk for row in rows for pk in (row.changed_by_id, row.person_id)}
    named |= {role.person_id for role in roles}
    missing = named - {None, *known}
    return {**known, **(get_user_model().objects.in_bulk(missing) if missing else {})}


def _shown(
    row: RunStep,
    standing: Standing,
    roles: Sequence[RunRole],
    names: Mapping[int, str],
    now: datetime,
) -> ShownStep:
    begins = None
    if row.at_minute is not None:
        begins = standing.run.started_at + timedelta(minutes=row.at_minute)
    gate, current = standing.gate, standing.current
    waits = standing.verdicts.get(row.position) == Verdict.WAITS
    role = next((one for one in roles if one.name == row.role), None)
    return ShownStep(
        row=row,
        detail=Prose(row.detail).__html__() if row.detail else "",
        facts=[(key, str(FACTS.get(key, key)), text) for key, text in row.facts],
        begins=begins,
        locked_by=gate.title if gate and row.position > gate.position else "",
        waits_for=standing.titles[row.depends_on or 0] if waits else "",
        rule=rule_of(row, standing.titles) if row.depends_on else "",
        holder=names.get(role.person_id or 0, "") if role else "",
        person=names.get(row.person_id or 0, ""),
        changed_by=names.get(row.changed_by_id or 0, ""),
        is_current=current is not None and current.pk == row.pk,
        is_late=standing.is_late(row, now),
        is_unowned=standing.is_unowned(row, roles),
    )
