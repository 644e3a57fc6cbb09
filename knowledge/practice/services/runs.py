"""Starting, leading and ending a run. Whether the person may see it, the caller has asked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.services import freshness
from knowledge.practice.errors import NothingToRun, RunOver, RunRefused
from knowledge.practice.models import Run, RunEvent, RunRole, RunStep
from knowledge.practice.models.runs import TEXT_CHARS
from knowledge.practice.selectors.runnable import can_run, steps_of
from knowledge.practice.services.leading import admit, led
from knowledge.practice.services.log import locked, note, was_sent
from knowledge.practice.signals import run_ended, step_doubted
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.services import refuse_foreign
from templates_lib.asking import key_of
from templates_lib.runnable import RunnableStep

MAX_STEPS = 500
LAST_MINUTE = time(23, 59)
NAMED = 3
Sort = RunEvent.Sort


@transaction.atomic
def start(
    *,
    page: Artifact,
    by: Any,
    name: str,
    due: date | None = None,
    is_open: bool = True,
    team: Team | None = None,
    roles: Mapping[str, Any] | None = None,
    is_pilot: bool = False,
    at: datetime | None = None,
) -> Run:
    """Begin a run of the live version of ``page``; ``by`` leads it. ``roles``: who has which.

    With ``is_pilot`` of ``page`` as it is in memory, a draft that the ``team`` tries, and for its
    members alone; whether they may, the caller has asked.

    Raises:
        NothingToRun: the artifact has no steps, or is archived.
        TeamRefused: ``by`` is not in the ``team`` that it is to belong to.
        RunRefused: ``due`` lies before the day it begins, or somebody who got a role may not read
            the artifact.
    """
    page = page.specific
    if page.archived_at is not None:
        raise NothingToRun(_("This artifact is archived. No run of it begins any more."))
    if not (page.live or is_pilot) or not can_run(page):
        raise NothingToRun
    refuse_foreign(team=team, by=by)
    began = at or timezone.now()
    if due is not None and due < timezone.localdate(began):
        raise RunRefused(_("That day has passed. Give today or one to come."), "due")
    run = Run.objects.create(
        artifact_id=page.pk,
        title=page.title,
        kind=page.kind,
        version=page.version,
        name=name,
        lead=by,
        is_open=is_open and not is_pilot,
        team=team,
        is_pilot=is_pilot,
        due=due,
        started_at=began,
    )
    steps = _copied(run, list(steps_of(page))[:MAX_STEPS])
    RunStep.objects.bulk_create(steps)
    named = dict.fromkeys(step.role for step in steps if step.role)
    RunRole.objects.bulk_create([RunRole(run=run, name=role) for role in named])
    run.people.add(by)
    note(run=run, sort=Sort.STARTED, by=by, at=at)
    for role, person in (roles or {}).items():
        if person is not None and role in named:
            give_role(run=run, role=role, person=person, by=by, at=at)
    return run


@transaction.atomic
def say(
    *,
    run: Run,
    by: Any,
    text: str,
    step_id: int | None = None,
    is_wrong: bool = False,
    tick: str = "",
) -> RunEvent | None:
    """Add a comment to the log, of a step or of the whole run.

    ``is_wrong`` says that the words of the step do not hold: those who keep the artifact hear of it.
    None when a comment with the id ``tick`` is there already.

    Raises:
        RunStep.DoesNotExist: the run has no such step.
        RunRefused: nothing or too much was said.
        RunOver: the run has ended.
    """
    run, text = locked(run), text.strip()
    step = run.steps.get(pk=step_id) if step_id is not None else None
    if was_sent(run, tick):
        return None
    if not run.is_running:
        raise RunOver
    if not text:
        raise RunRefused(_("Write what you want to say."), "text")
    if len(text) > TEXT_CHARS:
        raise RunRefused(_("At most %d characters.") % TEXT_CHARS, "text")
    sort = Sort.DOUBT if step is not None and is_wrong else Sort.COMMENT
    event = note(run=run, sort=sort, by=by, step=step, text=text, tick=tick)
    if sort == Sort.DOUBT:
        step_doubted.send(sender=Run, run=run, step=step, by=by, text=text)
    return event


@transaction.atomic
def give_role(*, run: Run, role: str, person: Any, by: Any, at: datetime | None = None) -> None:
    """Say who has a role in this run; None takes it back.

    Raises:
        PermissionDenied: ``by`` does not lead the run.
        RunRefused: no step names that role, or the person may not read the artifact.
        RunOver: the run has ended.
    """
    run = led(run=run, by=by)
    row = run.roles.filter(name=role).first()
    if row is None:
        raise RunRefused(_("No step of this run names that role."), "role")
    if row.person_id == (person.pk if person else None):
        return
    admit(run, person)
    row.person = person
    row.save(update_fields=["person"])
    text = f"{role}: {called(person) or _('nobody')}"
    note(run=run, sort=Sort.ROLE, by=by, text=text, at=at)


@transaction.atomic
def hand_over(*, run: Run, to: Any, by: Any, text: str) -> None:
    """Let somebody else lead the run, with a word on where it stands.

    Raises:
        PermissionDenied: ``by`` does not lead the run.
        RunRefused: without a word, or to somebody who may not read the artifact.
        RunOver: the run has ended.
    """
    run = led(run=run, by=by)
    if not text.strip():
        raise RunRefused(_("Say where the run stands."), "text")
    admit(run, to)
    run.lead = to
    run.save(update_fields=["lead"])
    said = _("to %(name)s: %(text)s") % {"name": called(to), "text": text.strip()}
    note(run=run, sort=Sort.HANDED_OVER, by=by, text=said)


@transaction.atomic
def end(
    *,
    run: Run,
    by: Any,
    outcome: str,
    summary: str = "",
    helped: str = "",
    lessons: str = "",
    at: datetime | None = None,
) -> Run:
    """End the run with a retrospective: what happened, what helped, what changes in the artifact.

    The last goes to those who keep the artifact. A success is a proof of the version when nothing mandatory
    was skipped.

    Raises:
        PermissionDenied: ``by`` does not lead the run.
        RunRefused: called a success with work or gates left, or a failure without a summary.
        RunOver: the run has ended before.
    """
    run = led(run=run, by=by)
    summary, lessons = summary.strip(), lessons.strip()
    if outcome == Run.State.SUCCEEDED:
        _check_complete(run)
    elif outcome not in (Run.State.FAILED, Run.State.ABANDONED):
        raise RunRefused(_("Say what came of it."), "outcome")
    elif not summary:
        raise RunRefused(_("Say in a sentence why."), "summary")
    run.state = outcome
    run.ended_at = at or timezone.now()
    run.summary, run.helped, run.lessons = summary, helped.strip(), lessons
    run.save(update_fields=["state", "ended_at", "summary", "helped", "lessons"])
    text = str(run.get_state_display())
    note(run=run, sort=Sort.ENDED, by=by, text=f"{text}. {summary}".strip(), at=at)
    _prove(run)
    # The page counts the runs that ended.
    freshness.bump()
    run_ended.send(sender=Run, run=run, by=by)
    return run


def _copied(run: Run, found: Sequence[tuple[str, RunnableStep]]) -> list[RunStep]:
    """The steps as rows. A condition names a step of its own part; here it becomes a position."""
    positions: dict[tuple[str, str], int] = {}
    rows = []
    for position, (section, step) in enumerate(found, 1):
        depends_on = None
        if step.condition is not None:
            depends_on = positions.get((section, key_of(step.condition.step)))
        row = RunStep(
            run=run,
            position=position,
            section=section,
            title=step.title,
            detail=step.detail,
            facts=list(step.facts),
            role=step.role,
            minutes=step.minutes,
            at_minute=step.at_minute,
            is_optional=step.is_optional,
            is_gate=step.is_gate,
            is_milestone=step.is_milestone,
            evidence=step.evidence,
            unit=step.question.unit,
            minimum=step.question.minimum,
            maximum=step.question.maximum,
            fails_beyond=step.question.fails_beyond,
            options=list(step.question.options),
            depends_on=depends_on,
            depends_answers=list(step.condition.answers) if step.condition and depends_on else [],
            limit_minutes=step.limit_minutes,
            limit_from_run=step.limit_from_run,
        )
        row.due = _end_of(_due_on(step, run))
        row.set_deadline(run)
        if row.deadline is not None and row.deadline <= run.started_at:
            # Who starts it sees that the day has passed; nobody is sent a mail for each of them.
            row.told_at = run.started_at
        rows.append(row)
        positions[section, key_of(step.title)] = position
    return rows


def _due_on(step: RunnableStep, run: Run) -> date | None:
    if step.due_after_days is None:
        return step.due
    return timezone.localdate(run.started_at) + timedelta(days=step.due_after_days)


def _end_of(day: date | None) -> datetime | None:
    """What is due on a day may be done until its last minute, in the site's zone."""
    return timezone.make_aware(datetime.combine(day, LAST_MINUTE)) if day else None


def _check_complete(run: Run) -> None:
    left = [
        step.title
        for step in run.steps.all()
        if step.state == RunStep.State.FAILED or not (step.is_settled or step.is_optional)
    ]
    if left:
        some = ", ".join(f"“{title}”" for title in left[:NAMED])
        more = _(" and %d more") % (len(left) - NAMED) if len(left) > NAMED else ""
        raise RunRefused(_("Not a success yet. Still to do: %s") % (some + more), "outcome")


def _prove(run: Run) -> None:
    """The artifact shows its last good run, of the version that is live."""
    if run.state != Run.State.SUCCEEDED or run.is_pilot:
        return
    # What its rule leaves out was not to be done.
    skipped = run.steps.filter(state=RunStep.State.SKIPPED, is_optional=False, by_rule=False)
    if skipped.exists():
        return
    day = timezone.localdate(run.ended_at)
    proved = Artifact.objects.filter(pk=run.artifact_id, version=run.version)
    proved.update(last_good_run=day, last_good_run_version=run.version)
