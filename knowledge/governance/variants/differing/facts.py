"""What stands beside the body, such as the bottom line, as slots: known by their names, without an order."""

from collections.abc import Mapping
from typing import Any

from knowledge.governance.variants.differing.aligned import Slot
from knowledge.governance.variants.differing.rows import Raw

FACT = "fact"
_PREFIX = f"{FACT}-"
Content = Mapping[str, Any]


def slots(
    labels: Mapping[str, str], base: Content, theirs: Content, mine: Content
) -> tuple[Slot, ...]:
    """One for each name of ``labels``; of three contents as revisions store them.

    Without one of the three nothing is compared: what is missing is not empty.
    """
    if not (base and theirs and mine):
        return ()
    return tuple(
        Slot(*(_raw(name, label, content) for content in (base, theirs, mine)))
        for name, label in labels.items()
    )


def _raw(name: str, label: str, content: Content) -> Raw:
    value = content.get(name)
    if isinstance(value, list):
        # Ids of terms, which have no order.
        value = sorted(value, key=str)
    return {"type": FACT, "id": f"{_PREFIX}{name}", "value": value or None, "label": label}


def name_of(slot: Slot) -> str:
    """The name of the field; empty for a part of the body."""
    one = slot.base or slot.theirs or slot.mine or {}
    return str(one.get("id"))[len(_PREFIX) :] if one.get("type") == FACT else ""
