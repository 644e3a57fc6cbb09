"""What the standard changed, put into a part that the variant changed too, row by row.

As a version control system does it: what only one side changed is as that side has it; where both
changed the same field in different ways, nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail import blocks

from knowledge.governance.variants.differing.aligned import Aligned, Slot, align
from knowledge.governance.variants.differing.facts import name_of
from knowledge.governance.variants.differing.rows import Raw, block_of


class Clash(Exception):
    """Both changed the same thing: a person decides."""


def merged(parent: blocks.Block, slot: Slot) -> Raw | None:
    """The part with the changes of both; None where they clash."""
    base, theirs, mine = slot.base, slot.theirs, slot.mine
    if base is None or theirs is None or mine is None or name_of(slot):
        return None
    try:
        value = _merge(
            block_of(parent, theirs), base.get("value"), theirs.get("value"), mine.get("value")
        )
    except Clash:
        return None
    return {**theirs, "value": value}


def _merge(block: blocks.Block, base: Any, theirs: Any, mine: Any) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(block, blocks.StructBlock) and all(
        isinstance(one, Mapping) for one in (base, theirs, mine)
    ):
        return {
            name: _merge(child, base.get(name), theirs.get(name), mine.get(name))
            for name, child in block.child_blocks.items()
            if name in theirs or name in mine
        }
    if isinstance(block, blocks.ListBlock | blocks.StreamBlock) and all(
        isinstance(one, list) and all(_has_id(row) for row in one) for one in (base, theirs, mine)
    ):
        return _merge_rows(block, base, theirs, mine)
    raise Clash


def _has_id(row: Any) -> bool:
    return isinstance(row, Mapping) and bool(row.get("id")) and "value" in row


def _merge_rows(
    block: blocks.Block, base: list[Any], theirs: list[Any], mine: list[Any]
) -> list[Any]:
    found = align(block, base, theirs, mine)
    asking = list(found.asking())
    rows: list[Raw] = list(mine)
    for slot in asking:
        if not slot.is_conflict:
            rows = take(found, slot, rows)
            found = align(block, base, theirs, rows)
            continue
        both = merged(block, slot)
        if both is None:
            raise Clash
        rows = [both if one is slot.mine else one for one in rows]
        found = align(block, base, theirs, rows)
    return in_order(found, rows) if found.asks_for_order else rows


def take(found: Aligned, slot: Slot, rows: Sequence[Raw], instead: Raw | None = None) -> list[Raw]:
    """``rows`` of the variant with what the standard says in ``slot``, or with ``instead`` of it.

    What is new comes after the part that it follows in the standard.
    """
    new = instead or slot.theirs
    if new is None:
        return [one for one in rows if one is not slot.mine]
    if slot.mine is not None:
        return [new if one is slot.mine else one for one in rows]
    place = 0
    for key in reversed(found.after[: found.after.index(slot.key)]):
        if key in found.has:
            place = found.has.index(key) + 1
            break
    return [*rows[:place], new, *rows[place:]]


def in_order(found: Aligned, rows: Sequence[Raw]) -> list[Raw]:
    """``rows`` in the order of the standard; the variant's own stay behind what they stood behind."""
    groups: dict[str, list[Raw]] = {"": []}
    last = ""
    for slot, row in zip(found.mine, rows, strict=True):
        if slot.key in found.after:
            last = slot.key
            groups[last] = [row]
        else:
            groups[last].append(row)
    return [row for key in ("", *found.after) for row in groups.get(key, ())]
