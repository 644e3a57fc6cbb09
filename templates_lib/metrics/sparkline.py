"""A trend line as the points of an SVG polyline, made on the server: no script, no inline style."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 120, 32, 3
MIN_POINTS = 2


@dataclass(frozen=True, slots=True)
class Sparkline:
    """``points`` is the attribute of a polyline in a WIDTH x HEIGHT box; ``last_*`` its end."""

    points: str
    last_x: float
    last_y: float
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(values: Sequence[Decimal]) -> Sparkline | None:
    """None for fewer than two values, which show no trend. Equal values make a level line."""
    if len(values) < MIN_POINTS:
        return None
    low, high = min(values), max(values)
    span = (high - low) or Decimal(1)
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    room = HEIGHT - 2 * MARGIN
    spots = [
        (
            round(MARGIN + index * step, 1),
            round(HEIGHT - MARGIN - float((value - low) / span) * room, 1)
            if high > low
            else HEIGHT / 2,
        )
        for index, value in enumerate(values)
    ]
    points = " ".join(f"{x},{y}" for x, y in spots)
    return Sparkline(points, *spots[-1])
