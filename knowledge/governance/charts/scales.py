"""Round numbers for an axis, and figures as people write them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Sequence[float]) -> Scale:
    """From zero, so that a line never shows more change than there is; below it when values are."""
    low, high = min(0.0, *values), max(0.0, *values)
    rough = (high - low) / STEPS or 1.0
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(size * magnitude for size in (1, 2, 2.5, 5, 10) if size * magnitude >= rough)
    start = math.floor(low / step) * step
    count = max(1, math.ceil((high - start) / step - 1e-9))
    ticks = tuple(round(start + number * step, 10) for number in range(count + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def words(value: int | float | Decimal) -> str:
    """At most two decimals, none that say nothing."""
    text = f"{round(float(value), 2):.2f}".rstrip("0").rstrip(".")
    decimals = len(text.partition(".")[2])
    return number_format(value, decimals, use_l10n=True, force_grouping=True)
