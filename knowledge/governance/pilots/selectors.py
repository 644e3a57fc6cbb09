"""Who sees which pilot, what a team said, and what its runs have shown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.governance.pilots.models import Experience, Pilot, PilotRun
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import is_member, leads, of_own_team

State = Pilot.State
Sort = RunEvent.Sort


def shown_to(page: Artifact, user: Any) -> Pilot | None:
    """The running pilot of the page that ``user`` takes part in; two queries at most.

    None once what was tried is live.
    """
    if not user.is_authenticated:
        return None
    running = Pilot.objects.filter(page=page.pk, state=State.RUNNING).filter(of_own_team(user))
    if page.live:
        running = running.exclude(revision=page.live_revision_id)
    return running.select_related("revision", "team").order_by("pk").first()


def may_steer(pilot: Pilot, user: Any) -> bool:
    """Whether ``user`` ends or promotes it: who may edit the page, or leads the team."""
    return leads(pilot.team, user) or bool(pilot.page.permissions_for_user(user).can_edit())


def may_see(pilot: Pilot, user: Any, access: Access) -> bool:
    """The team, and who steers it; nobody to whom the page is closed."""
    if not access.opens(pilot.page.path):
        return False
    return is_member(pilot.team, user) or may_steer(pilot, user)


def of_person(user: Any, access: Access) -> QuerySet[Pilot]:
    """Of the teams of ``user`` and of pages that they may change; the running ones first."""
    editable = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
        user, ["change"]
    )
    own = of_own_team(user) | Q(page__in=editable.order_by().values("pk"))
    return _open(Pilot.objects.filter(own), access)


def of_team(team: Team, user: Any, access: Access) -> QuerySet[Pilot]:
    """For members; for everybody else there is none."""
    return _open(Pilot.objects.filter(of_own_team(user), team=team), access)


def _open(pilots: QuerySet[Pilot], access: Access) -> QuerySet[Pilot]:
    for path in access.closed_paths:
        pilots = pilots.exclude(page__path__startswith=path)
    # "running" comes after "ended" and "promoted".
    return pilots.select_related("page").order_by("-state", "-opened_at", "-pk")


def verdicts(pilot: Pilot) -> list[tuple[str, int]]:
    """Of how many people each is the verdict, in their order: of several by one, the last. One query."""
    rows = pilot.experiences.order_by("at", "pk").values_list("author", "pk", "verdict")
    # Of those whose account is gone nobody knows whether they are one.
    last = {author or -pk: verdict for author, pk, verdict in rows}
    counts = Counter(last.values())
    return [(str(one.label), counts[one.value]) for one in Experience.Verdict]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has shown, without a name. ``drafted_at``: when the draft was saved that it ran."""

    row: Run
    drafted_at: datetime
    steps: int
    settled: int
    failed: Sequence[str]
    doubts: Sequence[tuple[str, str]]


def outcomes(found: Iterable[PilotRun]) -> list[Outcome]:
    """Of rows with their run and revision. Two queries, however many there are."""
    rows = list(found)
    ids = [row.run_id for row in rows]
    counted = (
        Run.objects.filter(pk__in=ids)
        .order_by()
        .values_list("pk", "steps__state")
        .annotate(Count("steps"))
    )
    states: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for run, state, count in counted:
        states[run][state] = count
    failed: defaultdict[int, list[str]] = defaultdict(list)
    doubts: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    told = RunEvent.objects.filter(run__in=ids, sort__in=[Sort.FAILED, Sort.DOUBT])
    lines = told.exclude(step=None).order_by("number")
    for run, sort, title, text in lines.values_list("run", "sort", "step__title", "text"):
        if sort == Sort.DOUBT:
            doubts[run].append((title, text))
        elif title not in failed[run]:
            failed[run].append(title)
    return [
        Outcome(
            row=row.run,
            drafted_at=row.revision.created_at,
            steps=sum(states[row.run_id].values()),
            settled=sum(states[row.run_id].get(one, 0) for one in RunStep.SETTLED),
            failed=failed[row.run_id],
            doubts=doubts[row.run_id],
        )
        for row in rows
    ]


def counts(pilot: Pilot) -> list[tuple[str, int]]:
    """How many runs there are in each state, in their order. One query."""
    rows = pilot.runs.order_by().values_list("run__state").annotate(Count("pk"))
    known = dict(rows)
    return [(str(one.label), known[one.value]) for one in Run.State if one.value in known]
