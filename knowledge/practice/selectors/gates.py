"""Gates of a run."""

from collections.abc import Iterable

from knowledge.practice.models import RunStep


def closed_gate(steps: Iterable[RunStep]) -> RunStep | None:
    """The first gate that is not passed: it stops every step below it. ``steps`` in their order."""
    return next((step for step in steps if step.is_gate and step.state != RunStep.State.DONE), None)
