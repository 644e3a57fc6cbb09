"""Runs in lists, and how many there were. The number of queries does not depend on that of the runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.practice.models import Run, RunStep
from knowledge.practice.permissions import joinable
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import of_own_team


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list."""

    row: Run
    settled: int
    total: int
    failed: int


def mine(user: Any, access: Access, *, team: Team | None = None) -> QuerySet[Run]:
    """Runs that the person takes part in, or of one ``team``: what goes on first, then the newest."""
    if team is not None:
        rows = Run.objects.filter(team=team)
    else:
        takes_part = Exists(Run.people.through.objects.filter(run=OuterRef("pk"), user=user.pk))
        rows = Run.objects.filter(Q(takes_part) | of_own_team(user))
    runs = joinable(rows, user, access)
    going_on = F("ended_at").asc(nulls_first=True)
    return runs.order_by(going_on, F("due").asc(nulls_last=True), "-started_at")


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
            failed=Count("pk", filter=Q(state=RunStep.State.FAILED)),
        )
    )
    counts = {run: numbers for run, *numbers in rows}
    return [RunLine(run, *counts.get(run.pk, (0, 0, 0))) for run in found]


def going_on(page: Artifact, user: Any, access: Access) -> list[RunLine]:
    """Runs of the artifact that the person could join instead of starting another."""
    own = Run.objects.filter(artifact=page.pk, state=Run.State.RUNNING, is_pilot=False)
    runs = joinable(own, user, access)
    return lines(runs.select_related("lead")[:5])


def of_artifact(page: Artifact, user: Any, access: Access) -> QuerySet[Run]:
    """Runs of the artifact that the person may see, the newest first."""
    return joinable(Run.objects.filter(artifact=page.pk), user, access)
