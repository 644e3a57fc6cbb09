"""The fourth form of a block, beside page, Markdown and text: what of it a person does in a run.

Words are copied into a run when it starts, so that it stays what it was when the artifact moves on.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.utils.translation import gettext_lazy as _

Evidence = Literal["none", "note", "link", "file"]
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
class RunnableStep:
    """``detail`` is the source of rich text, its links still to be resolved for who reads them.

    ``facts`` are pairs of a key of ``FACTS`` and plain text. ``minutes`` is how long it takes,
    ``at_minute`` when it begins, counted from the start of the run. A gate is passed by ``role``,
    or by who leads the run when that is empty; it stops all that stands below it.
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


def facts(**said: Any) -> tuple[tuple[str, str], ...]:
    """Those that are not empty, in the order of ``FACTS``."""
    return tuple((key, str(said[key])) for key in FACTS if said.get(key))


def source(rich_text: Any) -> str:
    """The source of a rich text value; previews and old revisions may have none."""
    return getattr(rich_text, "source", None) or ""
