"""Moving the steps of a run. Whether the person may see the run, the caller has asked."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.catalog.uploads import is_what_its_name_says
from knowledge.practice.errors import ChangedMeanwhile, RunOver, RunRefused
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.models.runs import LINK_CHARS, TEXT_CHARS
from knowledge.practice.selectors.gates import closed_gate
from knowledge.practice.services.log import locked, note
from knowledge.practice.signals import step_failed
from templates_lib.base import is_web_address

MAX_FILE_BYTES = 20 * 1024 * 1024
FILE_KINDS = (
    *(".pdf", ".txt", ".md", ".csv", ".log", ".json", ".png", ".jpg", ".jpeg", ".webp"),
    *(".docx", ".xlsx", ".pptx", ".odt", ".zip"),
)
State = RunStep.State
Sort = RunEvent.Sort
OF_GATES = {
    State.DONE: Sort.GATE_PASSED,
    State.FAILED: Sort.GATE_REFUSED,
    State.TODO: Sort.GATE_OPENED,
}
REASON = {
    State.SKIPPED: gettext_lazy("Say why it is skipped."),
    State.FAILED: gettext_lazy("Say what happened."),
    State.BLOCKED: gettext_lazy("Say what it waits for."),
}


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
    at: datetime | None = None,
) -> RunStep:
    """Bring a step into another state, with the reason or evidence that this asks for.

    ``seen`` is the revision of the step that the person looked at; None changes whatever it is.
    The same again changes nothing, so a tick may be sent twice.

    Raises:
        RunStep.DoesNotExist: the run has no such step.
        RunOver: the run has ended.
        ChangedMeanwhile: somebody changed the step since it was seen.
        RunRefused: a gate stands before it, evidence is missing, or the person may not pass it.
    """
    run = locked(run.pk)
    if not run.is_running:
        raise RunOver
    steps = list(run.steps.all())
    step = next((one for one in steps if one.pk == step_id), None)
    if step is None:
        raise RunStep.DoesNotExist
    if to not in State.values:
        raise RunRefused(_("There is no such state."))
    text, link = text.strip(), link.strip()
    if step.state == to and not (text or link or file):
        return step
    if seen is not None and seen != step.revision:
        raise ChangedMeanwhile(_("Somebody changed this step meanwhile. Look at it again."))
    _check_order(steps, step, to)
    if step.is_gate:
        _check_gate(run, steps, step, to, by)
    _check_words(step, to, text, link, file)
    step.state = to
    step.note = text
    step.link = link or (step.link if to == State.DONE else "")
    if file is not None:
        _attach(step, file)
    step.changed_by, step.changed_at = by, at or timezone.now()
    step.revision += 1
    step.save()
    said = " ".join(part for part in (text, link, step.file_name if file else "") if part)
    sort = OF_GATES[State(to)] if step.is_gate else Sort(to)
    note(run=run, sort=sort, by=by, step=step, text=said, at=at)
    if to == State.FAILED and not step.is_gate:
        step_failed.send(sender=Run, run=run, step=step, by=by)
    return step


def _attach(step: RunStep, file: Any) -> None:
    """The file takes the place of the one before, which goes once the change is certain."""
    before = step.file.name
    step.file_name = PurePath(file.name).name[:200]
    step.file.save(step.file_name, file, save=False)
    if before:
        transaction.on_commit(lambda: step.file.storage.delete(before))


def _check_order(steps: Sequence[RunStep], step: RunStep, to: str) -> None:
    gate = closed_gate(steps)
    if gate is not None and step.position > gate.position:
        raise RunRefused(_("The gate “%s” has to be passed first.") % gate.title)
    unsettles = step.is_settled and to not in RunStep.SETTLED
    passed = [
        one
        for one in steps
        if one.is_gate and one.position > step.position and one.state == State.DONE
    ]
    if unsettles and passed:
        words = _("The gate “%s” was passed on this. Take that back first.")
        raise RunRefused(words % passed[-1].title)


def _check_gate(run: Run, steps: Sequence[RunStep], gate: RunStep, to: str, by: Any) -> None:
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


def _check_words(step: RunStep, to: str, text: str, link: str, file: Any) -> None:
    if len(text) > TEXT_CHARS:
        raise RunRefused(_("At most %d characters.") % TEXT_CHARS, "text")
    if link and (len(link) > LINK_CHARS or not is_web_address(link)):
        raise RunRefused(_("Enter an address that starts with http:// or https://."), "link")
    if file is not None:
        _check_file(file)
    asked = to in REASON and not (to == State.SKIPPED and step.is_optional)
    if asked and not text:
        raise RunRefused(REASON[State(to)], "text")
    if to == State.DONE:
        _check_evidence(step, text, link, file)


def _check_evidence(step: RunStep, text: str, link: str, file: Any) -> None:
    Evidence = RunStep.Evidence
    if step.evidence == Evidence.NOTE and not text:
        raise RunRefused(_("Write what shows that it is done."), "text")
    if step.evidence == Evidence.LINK and not (link or step.link):
        raise RunRefused(_("Give the address of what shows that it is done."), "link")
    if step.evidence == Evidence.FILE and not (file or step.file):
        raise RunRefused(_("Attach the file that shows that it is done."), "file")


def _check_file(file: Any) -> None:
    suffix = PurePath(file.name or "").suffix.lower()
    if suffix not in FILE_KINDS:
        kinds = ", ".join(kind.removeprefix(".").upper() for kind in FILE_KINDS)
        raise RunRefused(_("Attach one of these: %s.") % kinds, "file")
    if file.size > MAX_FILE_BYTES:
        raise RunRefused(_("The file is larger than 20 MB."), "file")
    if not is_what_its_name_says(file.name, file):
        raise RunRefused(_("The content of this file is not that of its name."), "file")
