"""The arithmetic of a weighted matrix, exact: ranking, how firm it is, where people disagree.

Weights count by their share: w(c) of criterion c, all of them together 1. The total of an option is
the sum of w(c) times the mean of its scores by c.

How firm: let d(c) be the score of the first option by c less that of the second, and T the sum of
w(c) d(c), so how far the first leads. Give c the share x and let all other shares keep their
proportions to each other. With r = (T - w(c) d(c)) / (1 - w(c)), the mean of the other d, the lead is
x d(c) + (1 - x) r. It is gone at x = r / (r - d(c)); such a share exists when that lies from 0 to 1.
Of all criteria the one whose share has to move least is named.

By scores: the lead is gone when one mean score moves by T / w(c), upwards for the second option or
downwards for the first, as far as the scale has room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import pstdev
from typing import Literal

Scored = Mapping[tuple[int, int], Fraction]


@dataclass(frozen=True, slots=True)
class Place:
    """``option`` is counted from 0."""

    option: int
    total: Fraction


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """With the share ``at`` instead of ``now`` for ``criterion`` the first two are equal."""

    criterion: int
    now: Fraction
    at: Fraction


@dataclass(frozen=True, slots=True)
class ScoreFlip:
    """With ``by`` more (or less, when negative) for ``option`` the first two are equal."""

    option: int
    criterion: int
    by: Fraction


Agreement = Literal["same", "close", "apart", "far"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What all said of one option by one criterion."""

    mean: Fraction
    lowest: Fraction
    highest: Fraction
    deviation: float
    agreement: Agreement


def shares(weights: Sequence[Fraction]) -> list[Fraction]:
    """The weights as parts of 1; equal parts when all are 0."""
    whole = sum(weights, Fraction(0))
    if not whole:
        return [Fraction(1, len(weights)) for _weight in weights]
    return [weight / whole for weight in weights]


def cells(sheets: Sequence[Scored], options: int, criteria: int, highest: int) -> list[list[Cell]]:
    """By option, then by criterion. Every sheet is complete, and there is at least one."""
    return [
        [
            _cell([sheet[option, criterion] for sheet in sheets], highest)
            for criterion in range(criteria)
        ]
        for option in range(options)
    ]


def _cell(said: Sequence[Fraction], highest: int) -> Cell:
    span = max(said) - min(said)
    agreement: Agreement = "far"
    if not span:
        agreement = "same"
    elif span * 5 <= highest:
        agreement = "close"
    elif span * 5 <= highest * 2:
        agreement = "apart"
    mean = sum(said, Fraction(0)) / len(said)
    return Cell(mean, min(said), max(said), float(pstdev(said)), agreement)


def ranked(means: Sequence[Sequence[Fraction]], parts: Sequence[Fraction]) -> list[Place]:
    """The best first; equal ones in the order of the matrix."""
    totals = [
        Place(option, sum((w * s for w, s in zip(parts, row, strict=True)), Fraction(0)))
        for option, row in enumerate(means)
    ]
    return sorted(totals, key=lambda one: -one.total)


def weight_flip(
    means: Sequence[Sequence[Fraction]], parts: Sequence[Fraction]
) -> WeightFlip | None:
    """The smallest change of one share that ends the lead; None when no single one does."""
    order = ranked(means, parts)
    if len(order) < 2:
        return None
    lead = order[0].total - order[1].total
    gaps = [a - b for a, b in zip(means[order[0].option], means[order[1].option], strict=True)]
    found = []
    for criterion, (part, gap) in enumerate(zip(parts, gaps, strict=True)):
        # With all the weight on one criterion the others have no proportions to keep.
        if part == 1:
            continue
        rest = (lead - part * gap) / (1 - part)
        if rest == gap:
            continue
        at = rest / (rest - gap)
        if 0 <= at <= 1:
            found.append(WeightFlip(criterion, part, at))
    return min(found, key=lambda one: abs(one.at - one.now), default=None)


def score_flip(
    means: Sequence[Sequence[Fraction]], parts: Sequence[Fraction], highest: int
) -> ScoreFlip | None:
    """The smallest change of one mean score that ends the lead; None when the scale has no room."""
    order = ranked(means, parts)
    if len(order) < 2:
        return None
    first, second = order[0].option, order[1].option
    lead = order[0].total - order[1].total
    found = []
    for criterion, part in enumerate(parts):
        if not part:
            continue
        by = lead / part
        if means[second][criterion] + by <= highest:
            found.append(ScoreFlip(second, criterion, by))
        elif means[first][criterion] - by >= 0:
            found.append(ScoreFlip(first, criterion, -by))
    return min(found, key=lambda one: abs(one.by), default=None)
