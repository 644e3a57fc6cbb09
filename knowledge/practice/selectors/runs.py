"""Runs as their pages show them. The number of queries does not depend on the number of steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.safestring import SafeString

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.models import Run, RunEvent, RunRole, RunStep
from knowledge.practice.permissions import joinable, leads
from knowledge.practice.selectors.gates import closed_gate
from knowledge.practice.selectors.links import links_in
from templates_lib.base import Prose
from templates_lib.rendering import rendering
from templates_lib.runnable import FACTS

LOG_LINES = 200
State = RunStep.State


@dataclass(frozen=True, slots=True)
class ShownStep:
    """``locked_by`` is the title of the gate that stops the step; empty when none does."""

    row: RunStep
    number: int
    detail: SafeString | str
    facts: Sequence[tuple[str, str, str]]
    begins: datetime | None
    locked_by: str
    holder: str
    changed_by: str

    @property
    def has_words(self) -> bool:
        return bool(self.detail or self.facts)

    @property
    def field_id(self) -> str:
        return f"of-step-{self.row.pk}"


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    steps: Sequence[ShownStep]


@dataclass(frozen=True, slots=True)
class ShownRun:
    row: Run
    sections: Sequence[Section]
    events: Sequence[RunEvent]
    roles: Sequence[RunRole]
    people: Sequence[Any]
    # Empty when the artifact is gone, or the reader may not see it.
    artifact_url: str
    artifact_version: str
    is_lead: bool
    settled: int
    total: int

    @property
    def has_moved_on(self) -> bool:
        """Whether the artifact has another version by now."""
        return bool(self.artifact_url) and self.artifact_version != self.row.version

    @property
    def is_complete(self) -> bool:
        """Whether it may be called a success: nothing mandatory is left, nothing failed."""
        steps = [step.row for section in self.sections for step in section.steps]
        return all(
            step.state != State.FAILED and (step.is_settled or step.is_optional) for step in steps
        )


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list."""

    row: Run
    settled: int
    total: int
    failed: int


@dataclass(frozen=True, slots=True)
class Record:
    """What the runs of one version teach; ``succeeded`` of ``ended`` runs."""

    ended: int
    succeeded: int


def show(run: Run, user: Any, access: Access) -> ShownRun:
    """Everything of the page of one run. Six queries."""
    rows = list(run.steps.select_related("changed_by"))
    roles = list(run.roles.select_related("person"))
    events = list(run.events.select_related("step")[:LOG_LINES])
    people = list(run.people.order_by("pk"))
    artifact = _artifact(run, access)
    holders = {role.name: called(role.person) for role in roles}
    with rendering(links_in((row.detail for row in rows), access)):
        gate = closed_gate(rows)
        steps = [_shown(row, gate, run, holders) for row in rows]
    sections = [
        Section(heading, list(found))
        for heading, found in groupby(steps, key=lambda step: step.row.section)
    ]
    return ShownRun(
        row=run,
        sections=sections,
        events=events,
        roles=roles,
        people=people,
        artifact_url=site_path(artifact[0]) if artifact else "",
        artifact_version=artifact[1] if artifact else "",
        is_lead=leads(run, user),
        settled=sum(row.is_settled for row in rows),
        total=len(rows),
    )


def mine(user: Any, access: Access) -> QuerySet[Run]:
    """Runs that the person takes part in: what goes on first, then the newest."""
    runs = joinable(Run.objects.filter(people=user.pk), user, access)
    going_on = F("ended_at").asc(nulls_first=True)
    return runs.order_by(going_on, F("due").asc(nulls_last=True), "-started_at").distinct()


def lines(runs: Iterable[Run]) -> list[RunLine]:
    """With the counts of their steps. Two queries."""
    found = list(runs)
    rows = (
        RunStep.objects.filter(run__in=[run.pk for run in found])
        .order_by()
        .values_list("run")
        .annotate(
            settled=Count("pk", filter=Q(state__in=RunStep.SETTLED)),
            total=Count("pk"),
            failed=Count("pk", filter=Q(state=State.FAILED)),
        )
    )
    counts = {run: numbers for run, *numbers in rows}
    return [RunLine(run, *counts.get(run.pk, (0, 0, 0))) for run in found]


def going_on(page: Artifact, user: Any, access: Access) -> list[RunLine]:
    """Runs of the artifact that the person could join instead of starting another."""
    runs = joinable(Run.objects.filter(artifact=page.pk, state=Run.State.RUNNING), user, access)
    return lines(runs.select_related("lead")[:5])


def record(page: Artifact) -> Record:
    """Counts of the runs of the live version: no names, as every reader sees them. One query."""
    of_version = Run.objects.filter(artifact=page.pk, version=page.version)
    ended = (Run.State.SUCCEEDED, Run.State.FAILED)
    return Record(
        **of_version.order_by().aggregate(
            ended=Count("pk", filter=Q(state__in=ended)),
            succeeded=Count("pk", filter=Q(state=Run.State.SUCCEEDED)),
        )
    )


def _shown(row: RunStep, gate: RunStep | None, run: Run, holders: dict[str, str]) -> ShownStep:
    begins = None
    if row.at_minute is not None:
        begins = run.started_at + timedelta(minutes=row.at_minute)
    return ShownStep(
        row=row,
        number=row.position,
        detail=Prose(row.detail).__html__() if row.detail else "",
        facts=[(key, str(FACTS.get(key, key)), text) for key, text in row.facts],
        begins=begins,
        locked_by=gate.title if gate and row.position > gate.position else "",
        holder=holders.get(row.role, ""),
        changed_by=called(row.changed_by),
    )


def _artifact(run: Run, access: Access) -> tuple[str, str] | None:
    if run.artifact_id is None:
        return None
    pages = visible(Artifact.objects.filter(pk=run.artifact_id), access)
    return pages.values_list("url_path", "version").first()
