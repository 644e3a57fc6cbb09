"""The steps of a run without their words: what is asked of all of them when one is moved or shown."""

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
