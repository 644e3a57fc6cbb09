"""The result as an SVG drawn here: a bar for each pillar, the earlier round as a mark on it.

Geometry stands in attributes, colours in the style sheet. Everything it shows is in the table beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.practice.assessments.questions import Score

WIDTH, ROW, BAR, TOP = 340, 46, 14, 20
NAME_CHARS = 42


@dataclass(frozen=True, slots=True)
class Bar:
    """Lengths in the units of the drawing. ``before``, ``low_x`` and ``high_x`` may be None."""

    name: str
    y: int
    bar_y: int
    width: float
    is_weak: bool
    label: str
    before: float | None
    spread: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Chart:
    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, int]]
    height: int
    bottom: int
    width: int = WIDTH
    bar_height: int = BAR


def chart(
    result: Sequence[Score], steps: int, before: Mapping[str, float], *, with_spread: bool
) -> Chart:
    """``before`` are the means of the earlier round by name of the pillar."""

    def x(value: float) -> float:
        # Level 1 is the lowest there is and still a bar.
        return round(WIDTH * value / steps, 1)

    bars = []
    for number, one in enumerate(result):
        value = one.mean or 0
        name = one.pillar.name
        earlier = before.get(name)
        shown = name if len(name) <= NAME_CHARS else f"{name[: NAME_CHARS - 1]}…"
        bars.append(
            Bar(
                name=shown,
                y=TOP + number * ROW - 6,
                bar_y=TOP + number * ROW,
                width=x(value),
                is_weak=one.is_weak,
                label=f"{value:.1f}" if one.mean is not None else "–",
                before=x(earlier) if earlier is not None else None,
                spread=(x(one.lowest), x(one.highest)) if with_spread and one.mean else None,
            )
        )
    bottom = TOP + (len(result) - 1) * ROW + BAR
    return Chart(bars, [(x(step), step) for step in range(1, steps)], bottom + 6, bottom)
