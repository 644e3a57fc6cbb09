"""The steps of a run without their words: what is asked of all of them when one is moved or shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from knowledge.practice.models import Run, RunStep


class Outline(NamedTuple):
    """A run may have hundreds, so no model instances: those cost several times as much to make."""

    pk: int
    position: int
    title: str
    state: str
    is_optional: bool
    is_gate: bool
    is_milestone: bool
    depends_on: int | None
    depends_answers: list[str]
    answer: str
    by_rule: bool
    role: str
    person_id: int | None
    deadline: datetime | None

    @property
    def is_settled(self) -> bool:
        return self.state in RunStep.SETTLED


# A step of which nothing more is asked than where it stands.
Step = RunStep | Outline


def outline(run: Run) -> list[Outline]:
    """In their order. One query."""
    return [Outline._make(row) for row in run.steps.values_list(*Outline._fields)]


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of moving one step. ``lines`` is how many lines the log has got by it."""

    step: RunStep
    before: Sequence[Outline]
    lines: int = 0

    @property
    def is_alone(self) -> bool:
        """Whether no other step looks otherwise by it, but the one that comes next."""
        decides = any(one.depends_on == self.step.position for one in self.before)
        return not (self.step.is_gate or decides)

    @property
    def after(self) -> Sequence[Outline]:
        """All steps as they are now; only for one that is alone."""
        own = Outline._make(getattr(self.step, name) for name in Outline._fields)
        return [own if one.pk == own.pk else one for one in self.before]
