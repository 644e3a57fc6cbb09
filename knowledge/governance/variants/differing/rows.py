"""Stored parts and rows: what they say, whether two say the same, and what they are made of."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from wagtail import blocks

from knowledge.governance.comparing import wording
from knowledge.governance.comparing.matching import Entry

# ``{"type", "value", "id"}``, as Wagtail stores a part of a stream and a row of a list.
Raw = Mapping[str, Any]
GONE = "gone"


def same(one: Raw | None, other: Raw | None) -> bool:
    """Whether both say the same, whatever the ids of what is inside."""
    if one is None or other is None:
        return one is other
    return one.get("type") == other.get("type") and says(one) == says(other)


def says(one: Raw) -> Any:
    return wording.without_ids(one.get("value"))


def fingerprint(one: Raw | None) -> str:
    """Short enough for a column; another one as soon as a word differs."""
    if one is None:
        return GONE
    said = json.dumps([one.get("type"), says(one)], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def id_of(one: Raw) -> str:
    return str(one.get("id") or "")


def block_of(parent: blocks.Block, one: Raw) -> blocks.Block:
    """The definition of a part of a stream, or of a row of a list."""
    if isinstance(parent, blocks.ListBlock):
        return parent.child_block
    return parent.child_blocks[one["type"]]


def known(parent: blocks.Block, raw: Any) -> list[Raw]:
    """Without parts of a type that the library no longer has; no page shows those."""
    if isinstance(parent, blocks.ListBlock):
        return [one for one in raw or [] if wording.is_wrapped(one)]
    return [one for one in raw or [] if one.get("type") in parent.child_blocks]


def entries(parent: blocks.Block, raw: Sequence[Raw]) -> list[Entry]:
    return [_entry(parent, one) for one in raw]


def _entry(parent: blocks.Block, one: Raw) -> Entry:
    return Entry(
        sort=str(one.get("type")),
        id=id_of(one),
        fingerprint_of=lambda: fingerprint(one),
        words_of=lambda: wording.all_words(block_of(parent, one), one.get("value")),
    )
