"""Who leads a run and who is let into it; naming who does a step, and until when."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice.errors import RunOver, RunRefused
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.permissions import leads
from knowledge.practice.services.log import locked, note
from knowledge.practice.teams.permissions import is_member

Sort = RunEvent.Sort


def going_on(*, run: Run) -> Run:
    """The run, locked.

    Raises:
        RunOver: it has ended.
    """
    run = locked(run)
    if not run.is_running:
        raise RunOver
    return run


def led(*, run: Run, by: Any) -> Run:
    """The run, locked.

    Raises:
        RunOver: it has ended.
        PermissionDenied: somebody else leads it.
    """
    run = going_on(run=run)
    if not leads(run, by):
        raise PermissionDenied(_("Only who leads the run may do that."))
    return run


def admit(run: Run, person: Any) -> None:
    """Let the person take part; who may not read the artifact cannot, nor a stranger try a draft."""
    if person is None:
        return
    page = run.artifact
    if not person.is_active or (page is not None and not access_for(person).opens(page.path)):
        raise RunRefused(_("%s may not read this artifact.") % called(person), "person")
    if run.is_pilot and not is_member(run.team_id, person):
        words = _("%s is not in the team that tries this draft.")
        raise RunRefused(words % called(person), "person")
    run.people.add(person)


@transaction.atomic
def name_for_step(*, run: Run, step_id: int, person: Any, by: Any) -> RunStep:
    """Say who does one step, whoever has its role; None gives it back to the role.

    Who leads the run names anybody. Others take a step over for themselves, and give back what is
    theirs. A gate is passed by its role all the same.

    Raises:
        RunStep.DoesNotExist: the run has no such step.
        PermissionDenied: ``by`` does not lead the run and names somebody else.
        RunRefused: the person may not read the artifact.
        RunOver: the run has ended.
    """
    run = going_on(run=run)
    step = run.steps.select_related("person").get(pk=step_id)
    before, after = step.person_id, person.pk if person else None
    if before == after:
        return step
    if not leads(run, by) and by.pk != (after or before):
        raise PermissionDenied(_("Only who leads the run names others."))
    admit(run, person)
    step.person = person
    # Somebody else is told, should the time be up.
    step.told_at = None
    step.save(update_fields=["person", "told_at"])
    note(run=run, sort=Sort.NAMED, by=by, step=step, text=called(person) or _("nobody"))
    return step


@transaction.atomic
def set_due(
    *, run: Run, step_id: int, due: datetime | None, by: Any, now: datetime | None = None
) -> RunStep:
    """Say until when a step has to be done; None leaves it to its own limit, if it has one.

    Raises:
        RunStep.DoesNotExist: the run has no such step.
        PermissionDenied: ``by`` does not lead the run.
        RunRefused: the moment has passed.
        RunOver: the run has ended.
    """
    run = led(run=run, by=by)
    step = run.steps.get(pk=step_id)
    if due == step.due:
        return step
    if due is not None and due <= (now or timezone.now()):
        raise RunRefused(_("That moment has passed. Give one to come."), "due")
    step.due = due
    step.set_deadline(run)
    step.save(update_fields=["due", "deadline", "told_at"])
    words = date_format(timezone.localtime(due), "j M Y, H:i") if due else _("no day of its own")
    note(run=run, sort=Sort.DUE, by=by, step=step, text=words)
    return step
