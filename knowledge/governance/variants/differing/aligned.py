"""Which part of the standard is which of the variant, and who changed what since they were level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wagtail import blocks

from knowledge.governance.comparing import matching
from knowledge.governance.variants.differing.rows import (
    Raw,
    entries,
    fingerprint,
    id_of,
    known,
    same,
)

# The key of the question whether the parts shall stand in another order.
ORDER = "order"


class Standing(StrEnum):
    """What a part of the variant is, seen from the standard."""

    SAME = "same"
    CHANGED = "changed"
    OWN = "own"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Slot:
    """One part in the three bodies; None where it is not.

    ``base``: in the version that the variant is level with; ``theirs``: in the standard of today.
    """

    base: Raw | None
    theirs: Raw | None
    mine: Raw | None

    @property
    def key(self) -> str:
        """The same at every look, for as long as the part is in the standard."""
        one = self.base or self.theirs or self.mine or {}
        return id_of(one) or fingerprint(one)

    @property
    def asks(self) -> bool:
        """Whether the standard changed it, and the variant does not say the same already."""
        return not same(self.base, self.theirs) and not same(self.theirs, self.mine)

    @property
    def is_conflict(self) -> bool:
        """Whether both changed it, each in another way."""
        return self.asks and not same(self.base, self.mine)

    @property
    def standing(self) -> Standing:
        if same(self.mine, self.base) or same(self.mine, self.theirs):
            return Standing.SAME
        if self.mine is None:
            return Standing.LEFT_OUT
        return Standing.OWN if self.base is None and self.theirs is None else Standing.CHANGED

    @property
    def now(self) -> str:
        """The fingerprint of what the standard says today: another one is another question."""
        return fingerprint(self.theirs)


@dataclass(frozen=True, slots=True)
class Aligned:
    """Every part of all three once; ``mine`` in the order of the variant.

    ``slots`` are in the order of the standard, what is the variant's own at the end. ``facts`` stand
    beside the body.
    """

    slots: tuple[Slot, ...]
    mine: tuple[Slot, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    has: tuple[str, ...]
    facts: tuple[Slot, ...] = ()

    @property
    def asks_for_order(self) -> bool:
        """Whether the standard put its parts in another order, and the variant has not."""
        both = set(self.before) & set(self.after)
        moved = _only(self.before, both) != _only(self.after, both)
        shared = set(self.has) & set(self.after)
        return moved and _only(self.has, shared) != _only(self.after, shared)

    @property
    def order(self) -> str:
        return fingerprint({"type": ORDER, "value": list(self.after)})

    def asking(self) -> Iterator[Slot]:
        return (slot for slot in (*self.facts, *self.slots) if slot.asks)

    def of(self, key: str) -> Slot | None:
        return next((slot for slot in (*self.facts, *self.slots) if slot.key == key), None)

    def own(self) -> Iterator[Slot]:
        """What the variant has of its own in its body: added, changed or left out."""
        return (slot for slot in self.slots if slot.standing != Standing.SAME)


def align(
    block: blocks.Block, base: Sequence[Raw], theirs: Sequence[Raw], mine: Sequence[Raw]
) -> Aligned:
    """Parts are known by their ids; where those are gone, by what they say, then by likeness."""
    base, theirs, mine = (known(block, raw) for raw in (base, theirs, mine))
    old, now, own = (entries(block, raw) for raw in (base, theirs, mine))
    new_of = {pair.old: pair.new for pair in matching.pair(old, now) if pair.old is not None}
    mine_of = {pair.old: pair.new for pair in matching.pair(old, own) if pair.old is not None}
    added = [n for n in range(len(theirs)) if n not in new_of.values()]
    left = [n for n in range(len(mine)) if n not in mine_of.values()]
    taken = _taken(theirs, mine, added, left)
    of_theirs = {
        **{
            new: Slot(base[n], theirs[new], _at(mine, mine_of.get(n)))
            for n, new in new_of.items()
            if new is not None
        },
        **{n: Slot(None, theirs[n], _at(mine, taken.get(n))) for n in added},
    }
    ordered = [of_theirs[n] for n in range(len(theirs))]
    # What the standard dropped stands where it was, after the part before it.
    for n in range(len(base)):
        if new_of.get(n) is None:
            before = {id(one) for one in base[:n]}
            places = [at for at, slot in enumerate(ordered, 1) if id(slot.base) in before]
            ordered.insert(max(places, default=0), Slot(base[n], None, _at(mine, mine_of.get(n))))
    ordered += [Slot(None, None, mine[n]) for n in left if n not in taken.values()]
    by_mine = {id(slot.mine): slot for slot in ordered if slot.mine is not None}
    in_mine = tuple(by_mine[id(one)] for one in mine)
    by_base = {id(slot.base): slot.key for slot in ordered if slot.base is not None}
    return Aligned(
        slots=tuple(ordered),
        mine=in_mine,
        before=tuple(by_base[id(one)] for one in base),
        after=tuple(of_theirs[n].key for n in range(len(theirs))),
        has=tuple(slot.key for slot in in_mine),
    )


def _taken(
    theirs: Sequence[Raw], mine: Sequence[Raw], added: Sequence[int], left: Sequence[int]
) -> dict[int, int]:
    """New parts of the standard that the variant took over before: by id, or by what they say."""
    found: dict[int, int] = {}
    for n in added:
        free = [m for m in left if m not in found.values()]
        alike = next(
            (m for m in free if id_of(mine[m]) and id_of(mine[m]) == id_of(theirs[n])), None
        )
        if alike is None:
            alike = next((m for m in free if same(mine[m], theirs[n])), None)
        if alike is not None:
            found[n] = alike
    return found


def _at(rows: Sequence[Raw], place: int | None) -> Raw | None:
    return None if place is None else rows[place]


def _only(keys: Sequence[str], wanted: set[str]) -> list[str]:
    return [key for key in keys if key in wanted]
