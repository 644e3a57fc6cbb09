"""Starting a program, beginning its parts one after the other, ending it.

Whether the person may see the program, the caller has asked; parts are looked up by what the person
may see, so that nobody begins one that is not there for them.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.practice.errors import ChangedMeanwhile, RunOver, RunRefused
from knowledge.practice.models import Run
from knowledge.practice.models.runs import NAME_CHARS as RUN_NAME_CHARS
from knowledge.practice.permissions import joinable as joinable_runs
from knowledge.practice.programs.models import ProgramPart, ProgramRun
from knowledge.practice.programs.permissions import leads
from knowledge.practice.programs.selectors import parts_of, seen_by
from knowledge.practice.selectors.runnable import can_run
from knowledge.practice.services import runs
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import is_member
from knowledge.practice.teams.services import refuse_foreign


@transaction.atomic
def start(
    *,
    page: Artifact,
    by: Any,
    name: str,
    at: datetime,
    is_open: bool = True,
    team: Team | None = None,
) -> ProgramRun:
    """Carry out the program of the live ``page``, which is of its own kind; ``by`` leads it.

    Raises:
        RunRefused: there is no program in it.
        TeamRefused: ``by`` is not in the ``team``.
    """
    parts = list(parts_of(page))
    if not page.live or not parts:
        raise RunRefused(_("There is no program here."))
    refuse_foreign(team=team, by=by)
    program = ProgramRun.objects.create(
        artifact_id=page.pk,
        title=page.title,
        version=page.version,
        name=name,
        lead=by,
        team=team,
        is_open=is_open,
        started_at=at,
    )
    ProgramPart.objects.bulk_create(
        ProgramPart(
            program=program,
            position=position,
            artifact_id=part["page"].pk if part.get("page") else None,
            url=part.get("url") or "",
            label=part.get("label") or "",
            reason=part.get("reason") or "",
            hand_over=part.get("hand_over") or "",
        )
        for position, part in enumerate(parts, start=1)
    )
    program.people.add(by)
    return program


@transaction.atomic
def begin(
    *,
    program: ProgramRun,
    part_id: int,
    by: Any,
    access: Access,
    at: datetime,
    run_id: int | None = None,
) -> ProgramPart:
    """Begin the part that is next: by a new run of its live version, or with the run ``run_id`` that
    goes on already. What has no steps is done with this.

    Raises:
        ProgramPart.DoesNotExist: there is none that ``by`` may see.
        RunOver: the program has ended.
        ChangedMeanwhile: somebody has begun it meanwhile.
        RunRefused: a part before it is not done, or the run is not one of its own.
    """
    program = _going_on(program)
    part, page = _next(program, part_id, access)
    runnable = page is not None and can_run(page)
    if runnable and page is not None:
        part.run = _run(program, page, by, access, at, run_id)
    else:
        part.done_at = at
    part.save(update_fields=["run", "done_at"])
    if not is_member(program.team_id, by):
        program.people.add(by)
    return part


def _next(program: ProgramRun, part_id: int, access: Access) -> tuple[ProgramPart, Artifact | None]:
    before: list[ProgramPart] = []
    for part, page in seen_by(program, access):
        if part.pk != part_id:
            before.append(part)
            continue
        if part.is_begun:
            raise ChangedMeanwhile(_("Somebody has begun this part meanwhile."))
        if not all(one.is_done for one in before):
            raise RunRefused(_("The parts before it have to be done first."))
        return part, page
    raise ProgramPart.DoesNotExist


def _run(
    program: ProgramRun, page: Artifact, by: Any, access: Access, at: datetime, run_id: int | None
) -> Run:
    if run_id is None:
        name = f"{program.name}: {page.title}"[:RUN_NAME_CHARS]
        return runs.start(
            page=page, by=by, name=name, is_open=program.is_open, team=program.team, at=at
        )
    going_on = Run.objects.filter(state=Run.State.RUNNING, is_pilot=False)
    own = going_on.filter(pk=run_id, artifact=page.pk)
    run = joinable_runs(own, by, access).first()
    if run is None:
        raise RunRefused(_("There is no such run of this part."))
    return run


@transaction.atomic
def end(*, program: ProgramRun, by: Any, at: datetime) -> ProgramRun:
    """Nothing is begun any more; runs that go on go on.

    Raises:
        PermissionDenied: ``by`` does not lead it.
        RunOver: it has ended before.
    """
    program = _going_on(program)
    if not leads(program, by):
        raise PermissionDenied(_("Only who leads the program may do that."))
    program.ended_at = at
    program.save(update_fields=["ended_at"])
    return program


def _going_on(program: ProgramRun) -> ProgramRun:
    """The newest state, locked until the transaction ends."""
    program = ProgramRun.objects.select_for_update().get(pk=program.pk)
    if not program.is_running:
        raise RunOver
    return program
