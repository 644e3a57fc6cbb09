"""The fourth form of a block, beside page, Markdown and text: what of it a person does in a run.

Words are copied into a run when it starts, so that it stays what it was when the artifact moves on.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

Evidence = Literal["none", "note", "link", "file", "number", "choice"]
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
# What a step may say beside its title, in the order in which it is shown.
FACTS = {
    "due": _("Due"),
    "input": _("Input"),
    "command": _("Command"),
    "goal": _("Goal"),
    "audience": _("Who takes part"),
    "criterion": _("Passed when"),
    "expected": _("Good when"),
    "outcome": _("Outcome"),
    "exit_rule": _("Ends when"),
    "proof": _("Evidence"),
    "otherwise": _("Otherwise"),
    "rollback": _("Rollback"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked as evidence: a number with its bounds, both included, or one of ``options``."""

    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    # A number beyond the bounds is kept and the step fails; else it is refused.
    fails_beyond: bool = False
    options: tuple[str, ...] = ()

    @property
    def span(self) -> str:
        """The bounds and the unit in words; empty without either."""
        low, high = plain(self.minimum), plain(self.maximum)
        if low and high:
            words = _now("from %(low)s to %(high)s") % {"low": low, "high": high}
        elif low:
            words = _now("at least %s") % low
        elif high:
            words = _now("at most %s") % high
        else:
            return _now("in %s") % self.unit if self.unit else ""
        return f"{words} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Condition:
    """``step`` is the title of an earlier step of the same part; one of ``answers`` was given there."""

    step: str
    answers: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The rule as a sentence without its full stop."""
        some = _now(" or ").join(f"“{one}”" for one in self.answers)
        return _now("only when “%(step)s” was answered %(answers)s") % {
            "step": self.step,
            "answers": some,
        }


@dataclass(frozen=True, slots=True)
class RunnableStep:
    """``detail`` is the source of rich text, its links still to be resolved for who reads them.

    ``facts`` are pairs of a key of ``FACTS`` and plain text. ``minutes`` is how long it takes,
    ``at_minute`` when it begins, counted from the start of the run. A gate is passed by ``role``,
    or by who leads the run when that is empty; it stops all that stands below it. ``limit_minutes``
    are counted from the start of the step, or of the run. ``due`` is a day, ``due_after_days`` so many
    days after the start of the run; a step has one of them or none.
    """

    title: str
    detail: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    role: str = ""
    minutes: int | None = None
    at_minute: int | None = None
    is_optional: bool = False
    is_gate: bool = False
    evidence: Evidence = "none"
    question: Question = Question()
    condition: Condition | None = None
    limit_minutes: int | None = None
    limit_from_run: bool = False
    due: date | None = None
    due_after_days: int | None = None
    # A point at which the plan is measured: nobody's work, so that it misses no owner.
    is_milestone: bool = False


def plain(number: Decimal | None) -> str:
    """A number as people write it: without an exponent, without zeros at its end."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def facts(**said: Any) -> tuple[tuple[str, str], ...]:
    """Those that are not empty, in the order of ``FACTS``."""
    return tuple((key, str(said[key])) for key in FACTS if said.get(key))


def source(rich_text: Any) -> str:
    """The source of a rich text value; previews and old revisions may have none."""
    return getattr(rich_text, "source", None) or ""
