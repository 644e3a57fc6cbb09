"""A program as its page shows it. A part that the reader may not see is not there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.models import Run
from knowledge.practice.permissions import joinable as joinable_runs
from knowledge.practice.programs.models import ProgramPart, ProgramRun
from knowledge.practice.programs.permissions import joinable, leads
from knowledge.practice.selectors.runnable import can_run
from knowledge.practice.selectors.runs import RunLine, going_on
from knowledge.practice.teams.choosing import shown_to
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import of_own_team

BLOCK = "program"


def parts_of(page: Artifact) -> Iterator[Any]:
    """What the programs in the body of ``page``, which is of its own kind, name in order."""
    for block in page.body:
        if block.block_type == BLOCK:
            yield from (
                part
                for part in block.value.get("parts") or []
                if part.get("page") or part.get("url")
            )


def can_start(page: Artifact, access: Access) -> bool:
    """Whether there is a program in it of which the person may see anything."""
    if page.archived_at is not None:
        return False
    parts = list(parts_of(page))
    ids = [part["page"].pk for part in parts if part.get("page")]
    if len(ids) < len(parts):
        return True
    return bool(ids) and visible(Artifact.objects.filter(pk__in=ids), access).exists()


def seen_by(program: ProgramRun, access: Access) -> list[tuple[ProgramPart, Artifact | None]]:
    """Its parts with their artifacts, those that the person may see, in order. Two queries and one
    for each kind of artifact.
    """
    parts = list(program.parts.select_related("run"))
    wanted = [part.artifact_id for part in parts if part.artifact_id]
    pages: Any = visible(Artifact.objects.filter(pk__in=wanted), access)
    by_id = {page.pk: page for page in pages.specific()}
    return [
        (part, by_id.get(part.artifact_id or 0))
        for part in parts
        if part.artifact_id in by_id or (part.artifact_id is None and part.url)
    ]


def next_of(seen: Sequence[tuple[ProgramPart, Any]]) -> ProgramPart | None:
    """The first part that is not done."""
    return next((part for part, _page in seen if not part.is_done), None)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """``run`` is there when the reader may see it; a run of others only tells that it began."""

    row: ProgramPart
    number: int
    title: str
    url: str
    kind: str
    version: str
    run: Run | None
    can_run: bool
    is_current: bool
    others: Sequence[RunLine]


@dataclass(frozen=True, slots=True)
class ShownProgram:
    row: ProgramRun
    parts: Sequence[ShownPart]
    artifact_url: str
    is_lead: bool
    # None for readers who are not in it.
    team: Team | None

    @property
    def done(self) -> int:
        return sum(part.row.is_done for part in self.parts)


def shown(program: ProgramRun, user: Any, access: Access) -> ShownProgram:
    """Everything of the page. The number of queries does not depend on the number of parts."""
    seen = seen_by(program, access)
    current = next_of(seen) if program.is_running else None
    ids = [part.run_id for part, _page in seen if part.run_id]
    runs = {run.pk: run for run in joinable_runs(Run.objects.filter(pk__in=ids), user, access)}
    page = None
    if program.artifact_id:
        pages = visible(Artifact.objects.filter(pk=program.artifact_id), access)
        page = pages.values_list("url_path", flat=True).first()
    return ShownProgram(
        row=program,
        parts=[
            _part(number, part, artifact, runs, current, user, access)
            for number, (part, artifact) in enumerate(seen, start=1)
        ],
        artifact_url=site_path(page) if page else "",
        is_lead=leads(program, user),
        team=shown_to(program, user),
    )


def _part(
    number: int,
    part: ProgramPart,
    page: Artifact | None,
    runs: dict[int, Run],
    current: ProgramPart | None,
    user: Any,
    access: Access,
) -> ShownPart:
    is_current = part is current
    runnable = page is not None and can_run(page)
    offers = is_current and runnable and not part.is_begun and page is not None
    return ShownPart(
        row=part,
        number=number,
        title=page.title if page else part.label or part.url,
        url=site_path(page.url_path) if page else part.url,
        kind=page.kind if page else "",
        version=_version(part, page),
        run=runs.get(part.run_id or 0),
        can_run=runnable,
        is_current=is_current,
        others=going_on(page, user, access) if offers and page is not None else [],
    )


def _version(part: ProgramPart, page: Artifact | None) -> str:
    """Of its run; of what is not begun the one that is live."""
    if page is None:
        return ""
    return part.run.version if part.run is not None else page.version


def mine(user: Any, access: Access, *, team: Team | None = None) -> QuerySet[ProgramRun]:
    """Programs that the person takes part in, or those of one ``team``, what goes on first."""
    if team is not None:
        rows = ProgramRun.objects.filter(team=team)
    else:
        people = ProgramRun.people.through.objects
        takes_part = Exists(people.filter(programrun=OuterRef("pk"), user=user.pk))
        rows = ProgramRun.objects.filter(Q(takes_part) | of_own_team(user))
    going_on = F("ended_at").asc(nulls_first=True)
    found = joinable(rows, user, access).select_related("lead")
    return found.order_by(going_on, "-started_at", "-pk")
