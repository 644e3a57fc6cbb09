"""Bodies compared part by part, rows row by row, children child by child."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from knowledge.governance.comparing import matching, texts, wording
from knowledge.governance.comparing.edits import Budget
from knowledge.governance.comparing.result import Change, Item, State
from knowledge.governance.comparing.wording import Names
from templates_lib.base import PartBlock


@dataclass(frozen=True, slots=True)
class _Row:
    """One part or row: how it is stored, and what it is made of."""

    block: blocks.Block
    raw: Any
    id: str = ""
    label: str = ""

    @property
    def entry(self) -> matching.Entry:
        return matching.Entry(
            sort=self.block.name or "",
            id=self.id,
            fingerprint_of=lambda: json.dumps(
                wording.without_ids(self.raw), sort_keys=True, default=str
            ),
            words_of=lambda: wording.all_words(self.block, self.raw),
        )


@dataclass(slots=True)
class Comparer:
    """Compares for one reader; ``names`` knows what that reader may be told."""

    names: Names
    budget: Budget = field(default_factory=Budget)

    def bodies(self, block: blocks.StreamBlock, old: Any, new: Any) -> tuple[Item, ...]:
        """Every part of both bodies once. Stored (JSON) values, as ``get_prep_value`` gives them."""
        before, after = wording.without_traces(old), wording.without_traces(new)
        return self._rows(_stream_rows(block, before), _stream_rows(block, after))

    def text(self, label: str, old: str, new: str) -> Change | None:
        """A field of words; None when both say the same."""
        if old == new:
            return None
        return Change(label, spans=texts.folded(texts.compare(old, new, self.budget)))

    def _rows(self, old: Sequence[_Row], new: Sequence[_Row]) -> tuple[Item, ...]:
        pairs = matching.pair([one.entry for one in old], [one.entry for one in new])
        return tuple(
            self._item(
                pair,
                old[pair.old] if pair.old is not None else None,
                new[pair.new] if pair.new is not None else None,
            )
            for pair in pairs
        )

    def _item(self, pair: matching.Pair, old: _Row | None, new: _Row | None) -> Item:
        shown = new or old
        assert shown is not None  # noqa: S101 - a pair has at least one side
        changes = self._inside(
            shown.block, old.raw if old else None, new.raw if new else None, shown.label
        )
        if old is None:
            state = State.ADDED
        elif new is None:
            state = State.REMOVED
        else:
            state = State.CHANGED if changes else State.SAME
        return Item(
            state=state,
            label=shown.label,
            title=wording.title_of(shown.block, shown.raw),
            old_place=None if pair.old is None else pair.old + 1,
            new_place=None if pair.new is None else pair.new + 1,
            moved=pair.moved,
            is_work=_is_work(shown.block),
            changes=changes,
        )

    def _inside(self, block: blocks.Block, old: Any, new: Any, label: str) -> tuple[Change, ...]:
        """What differs in a part; without a name of its own where the part is all there is."""
        if old == new:
            return ()
        if isinstance(block, blocks.StructBlock):
            return self._children(block, old, new)
        change = self._value(block, old, new, label)
        if change is None:
            return ()
        return change.changes or (change,)

    def _children(self, block: blocks.StructBlock, old: Any, new: Any) -> tuple[Change, ...]:
        before = old if isinstance(old, Mapping) else {}
        after = new if isinstance(new, Mapping) else {}
        both = bool(before) and bool(after)
        found = []
        for name, child in block.child_blocks.items():
            one, other = before.get(name), after.get(name)
            if not both and isinstance(child, blocks.BooleanBlock):
                # Of what is new or gone, a box that is not ticked says nothing.
                one, other = one or None, other or None
                if one is other is None:
                    continue
            change = self._value(child, one, other, str(child.label or name))
            if change is not None:
                found.append(change)
        return tuple(found)

    def _value(self, block: blocks.Block, old: Any, new: Any, label: str) -> Change | None:
        if old == new:
            return None
        if isinstance(block, TypedTableBlock):
            return self._table(block, old, new, label)
        if isinstance(block, blocks.StructBlock):
            changes = self._children(block, old, new)
            return Change(label, changes=changes) if changes else None
        if isinstance(block, blocks.ListBlock | blocks.StreamBlock):
            read = _stream_rows if isinstance(block, blocks.StreamBlock) else _list_rows
            items = self._rows(read(block, old), read(block, new))
            differs = any(not item.is_unchanged for item in items)
            return Change(label, items=items) if differs else None
        change = self.text(
            label,
            wording.of_leaf(block, old, self.names),
            wording.of_leaf(block, new, self.names),
        )
        if change is None and isinstance(block, blocks.RichTextBlock) and old and new:
            return Change(label, form_only=True)
        return change

    def _table(self, block: TypedTableBlock, old: Any, new: Any, label: str) -> Change | None:
        before, after = _table_of(block, old, self.names), _table_of(block, new, self.names)
        changes = [
            self.text(str(_("Caption")), before.caption, after.caption),
            self.text(str(_("Columns")), "\n".join(before.columns), "\n".join(after.columns)),
        ]
        shape = blocks.StructBlock(
            [
                (heading, blocks.CharBlock(label=heading))
                for heading in dict.fromkeys([*before.columns, *after.columns])
            ]
        )
        items = self._rows(
            [_Row(shape, row) for row in before.rows], [_Row(shape, row) for row in after.rows]
        )
        if any(not item.is_unchanged for item in items):
            changes.append(Change(str(_("Rows")), items=items))
        found = tuple(change for change in changes if change is not None)
        return Change(label, changes=found) if found else None


@dataclass(frozen=True, slots=True)
class _Table:
    caption: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Mapping[str, str]] = ()


def _table_of(block: TypedTableBlock, raw: Any, names: Names) -> _Table:
    """Cells by the heading of their column; a heading that comes twice is numbered."""
    if not isinstance(raw, Mapping):
        return _Table()
    kinds: list[blocks.Block | None] = []
    headings: list[str] = []
    for column in raw.get("columns") or []:
        kinds.append(block.child_blocks.get(column.get("type")))
        heading = str(column.get("heading") or _("Column"))
        again = headings.count(heading) + sum(one.startswith(f"{heading} (") for one in headings)
        headings.append(f"{heading} ({again + 1})" if again else heading)
    rows = [
        {
            heading: wording.of_leaf(kind, cell, names) if kind else str(cell)
            for heading, kind, cell in zip(headings, kinds, row.get("values") or [], strict=False)
        }
        for row in raw.get("rows") or []
    ]
    return _Table(str(raw.get("caption") or ""), headings, rows)


def _stream_rows(block: blocks.StreamBlock, raw: Any) -> list[_Row]:
    """Parts of a type that the library no longer has are shown to nobody, as on the page."""
    return [
        _Row(child, one.get("value"), str(one.get("id") or ""), str(child.label))
        for one in raw or []
        if isinstance(one, Mapping) and (child := block.child_blocks.get(one.get("type")))
    ]


def _list_rows(block: blocks.ListBlock, raw: Any) -> list[_Row]:
    return [
        _Row(
            block.child_block,
            wording.value_of(one),
            str(one.get("id") or "") if wording.is_wrapped(one) else "",
            str(block.child_block.label or ""),
        )
        for one in (raw if isinstance(raw, list) else [])
    ]


def _is_work(block: blocks.Block) -> bool:
    return isinstance(block, PartBlock) and type(block).as_steps is not PartBlock.as_steps
