"""The shortest way from one sequence to another (Myers 1986), given up when it is long.

Its cost grows with the length plus the square of the number of differences, never with the product
of the lengths; ``Budget`` bounds the squares of a whole comparison.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

# Elements taken away and put in, together; beyond it a difference explains nothing any more.
MOST_DIFFERENCES = 100
BUDGET = 250_000


@dataclass(slots=True)
class Budget:
    """How many steps may still be spent on fine differences."""

    left: int = BUDGET


@dataclass(frozen=True, slots=True)
class Edit:
    """``old[old_start:old_end]`` became ``new[new_start:new_end]``, or stayed when ``same``."""

    same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def edits(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[Edit] | None:
    """All of both sequences, in order; None when too much differs or the budget is spent."""
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    pairs = _common(old[head : len(old) - tail], new[head : len(new) - tail], budget)
    if pairs is None:
        return None
    kept = [
        *((n, n) for n in range(head)),
        *((x + head, y + head) for x, y in pairs),
        *((len(old) - n, len(new) - n) for n in range(tail, 0, -1)),
    ]
    return _grouped(kept, len(old), len(new))


def _common(
    old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget
) -> list[tuple[int, int]] | None:
    """Places of what both have, in order."""
    if not old or not new:
        return []
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for differences in range(min(len(old) + len(new), MOST_DIFFERENCES) + 1):
        budget.left -= differences + 1
        if budget.left < 0:
            return None
        trail.append(dict(furthest))
        for diagonal in range(-differences, differences + 1, 2):
            down = diagonal == -differences or (
                diagonal != differences
                and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _walked_back(trail, x, y)
    return None


def _walked_back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs = []
    for differences in range(len(trail) - 1, -1, -1):
        furthest = trail[differences]
        diagonal = x - y
        down = diagonal == -differences or (
            diagonal != differences
            and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
        )
        before = diagonal + 1 if down else diagonal - 1
        from_x = furthest[before] if differences else 0
        from_y = from_x - before if differences else 0
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_y
    return pairs[::-1]


def _grouped(kept: list[tuple[int, int]], old_end: int, new_end: int) -> list[Edit]:
    found: list[Edit] = []
    x = y = 0
    for old_at, new_at in [*kept, (old_end, new_end)]:
        if old_at > x or new_at > y:
            found.append(Edit(False, x, old_at, y, new_at))
        if (old_at, new_at) == (old_end, new_end):
            break
        last = found[-1] if found else None
        if last is not None and last.same:
            found[-1] = Edit(True, last.old_start, old_at + 1, last.new_start, new_at + 1)
        else:
            found.append(Edit(True, old_at, old_at + 1, new_at, new_at + 1))
        x, y = old_at + 1, new_at + 1
    return found
