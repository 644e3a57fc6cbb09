"""A body of the variant into which changes of the standard are taken."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from wagtail import blocks

from knowledge.governance.variants.differing.aligned import ORDER, align
from knowledge.governance.variants.differing.merging import in_order, merged, take
from knowledge.governance.variants.differing.rows import Raw, known


class Way(StrEnum):
    """``BOTH`` keeps what the variant changed elsewhere in the part, ``THEIRS`` does not."""

    BOTH = "both"
    THEIRS = "theirs"


def applied(
    block: blocks.StreamBlock,
    base: Sequence[Raw],
    theirs: Sequence[Raw],
    mine: Sequence[Raw],
    wanted: Iterable[tuple[str, Way]],
) -> list[Raw]:
    """``mine`` with what is ``wanted``, by key; what the variant says already stays untouched."""
    rows = known(block, mine)
    for key, way in wanted:
        found = align(block, base, theirs, rows)
        if key == ORDER:
            rows = in_order(found, rows) if found.asks_for_order else rows
            continue
        slot = found.of(key)
        if slot is not None and slot.asks:
            both = merged(block, slot) if slot.is_conflict and way is Way.BOTH else None
            rows = take(found, slot, rows, both)
    return rows
