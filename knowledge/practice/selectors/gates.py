"""What stops a step, or leaves it out: gates, and conditions on the answer of an earlier step."""

from collections.abc import Iterable
from enum import Enum
from typing import TypeVar

from knowledge.practice.models import RunStep
from knowledge.practice.selectors.outline import Step
from templates_lib.runnable import Condition

State = RunStep.State
AnyStep = TypeVar("AnyStep", bound=Step)


class Verdict(Enum):
    APPLIES = "applies"
    # The step that it depends on is not settled.
    WAITS = "waits"
    LEFT_OUT = "left out"


def closed_gate(steps: Iterable[AnyStep]) -> AnyStep | None:
    """The first gate that is not passed: it stops every step below it. ``steps`` in their order."""
    return next((step for step in steps if step.is_gate and step.state != State.DONE), None)


def verdicts(steps: Iterable[Step]) -> dict[int, Verdict]:
    """By the position of each step that has a condition. ``steps`` in their order.

    A question that was left out, or skipped by a person, was answered with nothing.
    """
    found: dict[int, Verdict] = {}
    by_position: dict[int, Step] = {}
    for step in steps:
        by_position[step.position] = step
        asked = by_position.get(step.depends_on or 0)
        if asked is not None:
            found[step.position] = _verdict(step, asked, found.get(asked.position))
    return found


def _verdict(step: Step, asked: Step, of_asked: Verdict | None) -> Verdict:
    # One that its rule had skipped, and that applies again, is open.
    by_person = asked.state == State.SKIPPED and not asked.by_rule
    if of_asked == Verdict.LEFT_OUT or by_person:
        return Verdict.LEFT_OUT
    if asked.state != State.DONE:
        return Verdict.WAITS
    return Verdict.APPLIES if asked.answer in step.depends_answers else Verdict.LEFT_OUT


def rule_of(step: Step, titles: dict[int, str]) -> str:
    """The condition of the step in words; ``titles`` of the steps by their position."""
    asked = titles.get(step.depends_on or 0)
    return Condition(asked, tuple(step.depends_answers)).in_words if asked else ""
