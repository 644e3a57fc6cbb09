"""What stands beside the body, such as the bottom line, as slots: known by their names, without an order."""

from collections.abc import Collection, Mapping
from typing import Any

from knowledge.governance.variants.differing.aligned import Slot
from knowledge.governance.variants.differing.rows import Raw

FACT = "fact"
_PREFIX = f"{FACT}-"
Content = Mapping[str, Any]
TAGS, RELATED = "tags", "related_links"


def slots(
    labels: Mapping[str, str],
    base: Content,
    theirs: Content,
    mine: Content,
    pair: Collection[int | None] = (),
) -> tuple[Slot, ...]:
    """One for each name of ``labels``; of three contents as revisions store them.

    Without one of the three nothing is compared: what is missing is not empty. ``pair`` are the ids
    of standard and variant, which name each other as related or not: that is no difference.
    """
    if not (base and theirs and mine):
        return ()
    return tuple(
        Slot(*(_raw(name, label, content, pair) for content in (base, theirs, mine)))
        for name, label in labels.items()
    )


def differing(
    labels: Mapping[str, str], one: Content, other: Content, pair: Collection[int | None] = ()
) -> list[str]:
    """The names of what both say in different ways."""
    return [
        name
        for name in labels
        if (_value(name, one, pair) or None) != (_value(name, other, pair) or None)
    ]


def _raw(name: str, label: str, content: Content, pair: Collection[int | None]) -> Raw:
    value = _value(name, content, pair)
    return {"type": FACT, "id": f"{_PREFIX}{name}", "value": value or None, "label": label}


def _value(name: str, content: Content, pair: Collection[int | None]) -> Any:
    if name == TAGS:
        return sorted(row["tag"] for row in content.get("tagged_items") or [])
    if name == RELATED:
        rows = sorted(content.get(RELATED) or [], key=lambda row: row.get("sort_order") or 0)
        return [row["target"] for row in rows if row["target"] not in pair]
    value = content.get(name)
    # Ids of terms, which have no order.
    return sorted(value, key=str) if isinstance(value, list) else value


def name_of(slot: Slot) -> str:
    """The name of the field; empty for a part of the body."""
    one = slot.base or slot.theirs or slot.mine or {}
    return str(one.get("id"))[len(_PREFIX) :] if one.get("type") == FACT else ""
