"""What a step asks for when it is moved: words, an address, a file, a number, one of given answers."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.catalog.uploads import is_what_its_name_says
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import RunStep
from knowledge.practice.models.runs import LINK_CHARS, TEXT_CHARS
from templates_lib.base import is_web_address
from templates_lib.limits import as_decimal, typed
from templates_lib.runnable import plain

MAX_FILE_BYTES = 20 * 1024 * 1024
FILE_KINDS = (
    *(".pdf", ".txt", ".md", ".csv", ".log", ".json", ".png", ".jpg", ".jpeg", ".webp"),
    *(".docx", ".xlsx", ".pptx", ".odt", ".zip"),
)
# What fits the columns of the bounds.
MOST = Decimal(10) ** 12
State = RunStep.State
Evidence = RunStep.Evidence
REASON = {
    State.SKIPPED: gettext_lazy("Say why it is skipped."),
    State.FAILED: gettext_lazy("Say what happened."),
    State.BLOCKED: gettext_lazy("Say what it waits for."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says with a move; ``to`` is where it leads."""

    to: str
    text: str = ""
    link: str = ""
    file: Any = None
    answer: str = ""

    @property
    def is_silent(self) -> bool:
        return not (self.text or self.link or self.file or self.answer)


def checked(step: RunStep, said: Said) -> Said:
    """What is kept of it: a number as it is written, and "failed" when it is beyond its bounds.

    Raises:
        RunRefused: something is missing or not what was asked for, at its field.
    """
    if len(said.text) > TEXT_CHARS:
        raise RunRefused(_("At most %d characters.") % TEXT_CHARS, "text")
    if said.link and (len(said.link) > LINK_CHARS or not is_web_address(said.link)):
        raise RunRefused(_("Enter an address that starts with http:// or https://."), "link")
    if said.file is not None:
        _check_file(said.file)
    asked = said.to in REASON and not (said.to == State.SKIPPED and step.is_optional)
    if asked and not said.text:
        raise RunRefused(REASON[State(said.to)], "text")
    return _proved(step, said) if said.to == State.DONE else replace(said, answer="")


def _proved(step: RunStep, said: Said) -> Said:
    if step.evidence == Evidence.NUMBER:
        return _measured(step, said)
    if step.evidence == Evidence.CHOICE:
        if said.answer not in step.options:
            raise RunRefused(_("Choose one of the answers."), "answer")
        return said
    if step.evidence == Evidence.NOTE and not said.text:
        raise RunRefused(_("Write what shows that it is done."), "text")
    if step.evidence == Evidence.LINK and not (said.link or step.link):
        raise RunRefused(_("Give the address of what shows that it is done."), "link")
    if step.evidence == Evidence.FILE and not (said.file or step.file):
        raise RunRefused(_("Attach the file that shows that it is done."), "file")
    return replace(said, answer="")


def _measured(step: RunStep, said: Said) -> Said:
    question = step.question
    number = as_decimal(typed(said.answer))
    if number is None or abs(number) >= MOST:
        raise RunRefused(_("Enter a number, such as 12 or 0.5."), "answer")
    answer = plain(round(number, 6))
    low, high = question.minimum, question.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return replace(said, answer=answer)
    if not question.fails_beyond:
        raise RunRefused(_("Enter a number, %s.") % question.span, "answer")
    words = _("%(number)s is not as it should be: %(span)s.")
    why = words % {"number": answer, "span": question.span}
    return replace(said, to=State.FAILED, answer=answer, text=f"{why} {said.text}".strip())


def _check_file(file: Any) -> None:
    suffix = PurePath(file.name or "").suffix.lower()
    if suffix not in FILE_KINDS:
        kinds = ", ".join(kind.removeprefix(".").upper() for kind in FILE_KINDS)
        raise RunRefused(_("Attach one of these: %s.") % kinds, "file")
    if file.size > MAX_FILE_BYTES:
        raise RunRefused(_("The file is larger than 20 MB."), "file")
    if not is_what_its_name_says(file.name, file):
        raise RunRefused(_("The content of this file is not that of its name."), "file")
