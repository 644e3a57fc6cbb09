"""Which part of the old version is which of the new one: by id, by content, by likeness."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# Share of words that two parts must have in common to be the same part, rewritten.
LIKE = 0.5
MOST_WORDS = 400
# A part is looked for among so many of the nearest ones, so that the work grows with the length.
NEAREST = 24


@dataclass
class Entry:
    """``sort``: only parts of the same sort are matched. ``id``: empty when it has none."""

    sort: str
    id: str
    fingerprint_of: Callable[[], str]
    words_of: Callable[[], str]

    @cached_property
    def fingerprint(self) -> str:
        return self.fingerprint_of()

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.words_of().lower().split()[:MOST_WORDS])


class Pair(NamedTuple):
    """Places from 0; None on the side where the part is not."""

    old: int | None
    new: int | None
    moved: bool = False


def pair(old: Sequence[Entry], new: Sequence[Entry]) -> list[Pair]:
    """Every entry of both sides once, in the order of the new version.

    What is gone stands where it was, after the last part before it that kept its place.
    """
    found: dict[int, int] = {}
    for key in (lambda one: one.id and (one.sort, one.id), lambda one: (one.sort, one.fingerprint)):
        _match(old, new, found, key)
    _match_alike(old, new, found)
    return _ordered(found, len(old), len(new))


def _match(
    old: Sequence[Entry],
    new: Sequence[Entry],
    found: dict[int, int],
    key: Callable[[Entry], object],
) -> None:
    """``found`` maps places of the new version to those of the old one."""
    known = set(found.values())
    waiting: dict[object, deque[int]] = defaultdict(deque)
    open_places = [n for n in range(len(new)) if n not in found]
    if not open_places:
        return
    for number, one in enumerate(old):
        if number not in known and (name := key(one)):
            waiting[name].append(number)
    for number in open_places:
        name = key(new[number])
        if name and waiting.get(name):
            found[number] = waiting[name].popleft()


def _match_alike(old: Sequence[Entry], new: Sequence[Entry], found: dict[int, int]) -> None:
    known = set(found.values())
    left: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(old):
        if number not in known:
            left[one.sort].append(number)
    scored = []
    for number, one in enumerate(new):
        if number in found or not left.get(one.sort):
            continue
        places = left[one.sort]
        middle = bisect_left(places, number)
        for other in places[max(0, middle - NEAREST // 2) : middle + NEAREST // 2]:
            likeness = _likeness(old[other].words, one.words)
            if likeness >= LIKE:
                scored.append((-likeness, abs(other - number), other, number))
    for _likeness_of, _distance, other, number in sorted(scored):
        if number not in found and other not in known:
            found[number] = other
            known.add(other)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _ordered(found: dict[int, int], old_count: int, new_count: int) -> list[Pair]:
    places = [(new, found[new]) for new in sorted(found)]
    stayed = _longest_rising([other for _new, other in places])
    firm = [places[n] for n in stayed]
    gone = set(range(old_count)) - set(found.values())
    ordered: list[Pair] = []
    old_at = new_at = 0
    for new_place, old_place in [*firm, (new_count, old_count)]:
        ordered += [Pair(n, None) for n in range(old_at, old_place) if n in gone]
        ordered += [Pair(found.get(n), n, n in found) for n in range(new_at, new_place)]
        if new_place < new_count:
            ordered.append(Pair(old_place, new_place))
        old_at, new_at = old_place + 1, new_place + 1
    return ordered


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Places of a longest rising subsequence: as many parts as possible keep their place."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(place)
        else:
            tails[at], ends[at] = number, place
    chain = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]
