"""Moving the steps of a run. Whether the person may see the run, the caller has asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.practice.errors import ChangedMeanwhile, RunOver, RunRefused
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.selectors.gates import Verdict, closed_gate, rule_of, verdicts
from knowledge.practice.selectors.outline import Moved, Step, outline
from knowledge.practice.services.evidence import Said, checked
from knowledge.practice.services.log import Line, locked, note, note_all, was_sent
from knowledge.practice.signals import step_failed

State = RunStep.State
Sort = RunEvent.Sort
OF_GATES = {
    State.DONE: Sort.GATE_PASSED,
    State.FAILED: Sort.GATE_REFUSED,
    State.TODO: Sort.GATE_OPENED,
}
# What was noted longer before it was sent is a clock that goes wrong.
NOTED_WITHIN = timedelta(days=14)
SENT_AT_ONCE = timedelta(minutes=1)
# What a person changes by moving a step.
CHANGES = [
    *("state", "note", "answer", "link", "file", "file_name", "begun_at", "deadline", "told_at"),
    *("changed_by", "changed_at", "revision"),
]


@transaction.atomic
def move(
    *,
    run: Run,
    step_id: int,
    by: Any,
    to: str,
    seen: int | None = None,
    text: str = "",
    link: str = "",
    file: Any = None,
    answer: str = "",
    tick: str = "",
    noted_at: datetime | None = None,
    at: datetime | None = None,
) -> Moved:
    """Bring a step into another state, with the reason or evidence that this asks for.

    ``seen`` is the revision of the step that the person looked at; None changes whatever it is.
    The same again changes nothing, so a tick may be sent twice; one with the id ``tick`` counts once
    whatever has happened since. ``noted_at`` is when it was done, if it is sent later. A number that
    is beyond its bounds may lead to "failed" although ``to`` is "done". Steps that depend on the
    answer are skipped, or come back, with it.

    Raises:
        RunStep.DoesNotExist: the run has no such step.
        RunOver: the run has ended.
        ChangedMeanwhile: somebody changed the step since it was seen.
        RunRefused: a gate or a question stands before it, evidence is missing, or the person may not
            pass it.
    """
    run = locked(run)
    step = run.steps.get(pk=step_id)
    before, had = outline(run), run.last_event
    steps = [step if one.pk == step_id else one for one in before]
    if was_sent(run, tick):
        return Moved(step, before)
    if not run.is_running:
        raise RunOver
    if to not in State.values:
        raise RunRefused(_("There is no such state."))
    said = Said(to, text.strip(), link.strip(), file, answer.strip())
    if _is_there(step, said):
        return Moved(step, before)
    if seen is not None and seen != step.revision:
        raise ChangedMeanwhile(_("Somebody changed this step meanwhile. Look at it again."))
    _check_order(steps, step, said)
    _check_condition(steps, step)
    if step.is_gate:
        _check_gate(run, steps, step, to, by)
    said = checked(step, said)
    now = at or timezone.now()
    _change(run, step, said, by, now)
    sort = OF_GATES[State(to)] if step.is_gate else Sort(said.to)
    words = _in_the_log(said, step, noted_at, now)
    note(run=run, sort=sort, by=by, step=step, text=words, at=at, tick=tick)
    _follow_rules(run, steps, step, by, now)
    if said.to == State.FAILED and not step.is_gate:
        step_failed.send(sender=Run, run=run, step=step, by=by)
    return Moved(step, before, run.last_event - had)


def _is_there(step: RunStep, said: Said) -> bool:
    """Whether the step says that already: sent twice, it counts once."""
    if said.to == State.DONE and said.answer and step.answer:
        # A number is kept in one way of writing, and beyond its bounds as failed.
        try:
            said = checked(step, said)
        except RunRefused:
            return False
    if step.state != said.to or said.file is not None:
        return False
    kept = Said(said.to, step.note, step.link, None, step.answer)
    return said.is_silent or said in (kept, Said(said.to, answer=step.answer))


def _change(run: Run, step: RunStep, said: Said, by: Any, now: datetime) -> None:
    step.state = said.to
    step.note = said.text
    step.answer = said.answer
    step.link = said.link or (step.link if said.to == State.DONE else "")
    if said.file is not None:
        _attach(step, said.file)
    if said.to == State.DOING and step.begun_at is None:
        step.begun_at = now
    elif said.to == State.TODO:
        step.begun_at = None
    step.set_deadline(run)
    step.changed_by, step.changed_at = by, now
    step.revision += 1
    step.save(update_fields=CHANGES)


def _in_the_log(said: Said, step: RunStep, noted_at: datetime | None, now: datetime) -> str:
    file_name = step.file_name if said.file else ""
    answer = f"{said.answer} {step.unit}".strip() if said.answer else ""
    # Of a number beyond its bounds the text says it already.
    answer = "" if said.to == State.FAILED else answer
    words = [answer, said.text, said.link, file_name]
    if noted_at is not None and SENT_AT_ONCE < now - noted_at < NOTED_WITHIN:
        moment = date_format(timezone.localtime(noted_at), "j M Y, H:i")
        words.append(_("(noted without network on %s)") % moment)
    return " ".join(filter(None, words))


def _attach(step: RunStep, file: Any) -> None:
    """The file takes the place of the one before, which goes once the change is certain."""
    before = step.file.name
    step.file_name = PurePath(file.name).name[:200]
    step.file.save(step.file_name, file, save=False)
    if before:
        transaction.on_commit(lambda: step.file.storage.delete(before))


def _check_order(steps: Sequence[Step], step: RunStep, said: Said) -> None:
    gate = closed_gate(steps)
    if gate is not None and step.position > gate.position:
        raise RunRefused(_("The gate “%s” has to be passed first.") % gate.title)
    if not step.is_settled:
        return
    decides = any(one.depends_on == step.position for one in steps)
    unsettles = said.to not in RunStep.SETTLED or (decides and said.answer != step.answer)
    passed = [
        one
        for one in steps
        if one.is_gate and one.position > step.position and one.state == State.DONE
    ]
    if unsettles and passed:
        words = _("The gate “%s” was passed on this. Take that back first.")
        raise RunRefused(words % passed[-1].title)


def _check_condition(steps: Sequence[Step], step: RunStep) -> None:
    verdict = verdicts(steps).get(step.position, Verdict.APPLIES)
    if verdict == Verdict.APPLIES:
        return
    titles = {one.position: one.title for one in steps}
    asked = titles[step.depends_on or 0]
    if verdict == Verdict.WAITS:
        raise RunRefused(_("Answer “%s” first: this step depends on it.") % asked)
    words = _("This step is left out: %s. Change the answer there.")
    raise RunRefused(words % rule_of(step, titles))


def _check_gate(run: Run, steps: Sequence[Step], gate: RunStep, to: str, by: Any) -> None:
    if to not in OF_GATES:
        raise RunRefused(_("A gate is passed or not; it cannot be skipped."))
    if gate.role:
        holder = run.roles.filter(name=gate.role).values_list("person", flat=True).first()
        if holder is None:
            words = _("Nobody has the role “%s” in this run. Who leads it gives it out.")
            raise RunRefused(words % gate.role)
        if holder != by.pk:
            raise RunRefused(_("Only the role “%s” passes this gate.") % gate.role)
    elif run.lead_id not in (by.pk, None):
        raise RunRefused(_("Only who leads the run passes this gate."))
    left = [
        one.title
        for one in steps
        if one.position < gate.position
        and not one.is_settled
        and (not one.is_optional or one.state == State.FAILED)
    ]
    if to == State.DONE and left:
        raise RunRefused(_("The gate cannot be passed before this is done: %s") % ", ".join(left))


def _follow_rules(run: Run, steps: Sequence[Step], asked: RunStep, by: Any, now: datetime) -> None:
    """Skip what the answer leaves out, bring back what it does not; what is done stays done."""
    if not any(one.depends_on == asked.position for one in steps):
        return
    titles = {one.position: one.title for one in steps}
    found = verdicts(steps)
    changed, lines = [], []
    for step in run.steps.filter(position__in=found):
        verdict = found[step.position]
        if verdict == Verdict.LEFT_OUT and not step.is_settled:
            step.state, step.by_rule = State.SKIPPED, True
        elif verdict in (Verdict.APPLIES, Verdict.WAITS) and step.by_rule:
            step.state, step.by_rule = State.TODO, False
        else:
            continue
        step.note, step.changed_by, step.changed_at = "", by, now
        step.revision += 1
        changed.append(step)
        words = _("by its rule, %s") % rule_of(step, titles)
        lines.append(Line(Sort(step.state), step, words))
    fields = ["state", "by_rule", "note", "changed_by", "changed_at", "revision"]
    RunStep.objects.bulk_update(changed, fields)
    note_all(run=run, lines=lines, by=by, at=now)
