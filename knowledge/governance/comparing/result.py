"""What a comparison says; plain values that templates show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Mark(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    # Unchanged text that is not shown.
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text. Same and removed make up the old text, same and added the new one."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field or child that differs: its text, its rows, or its own children.

    ``form_only``: the words are the same; a link or an emphasis is not.
    """

    label: str
    spans: tuple[Span, ...] = ()
    items: tuple["Item", ...] = ()
    changes: tuple["Change", ...] = ()
    form_only: bool = False

    @property
    def runs(self) -> list["Item | Unchanged"]:
        return fold(self.items)


class State(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a body or row of a list. Places count from 1; None where it is not.

    ``moved``: it changed places with others, not merely because something came before it.
    ``is_work``: people carry it out.
    """

    is_run: ClassVar[bool] = False

    state: State
    label: str
    title: str
    old_place: int | None
    new_place: int | None
    moved: bool = False
    is_work: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return self.state == State.SAME and not self.moved

    @property
    def place(self) -> int | None:
        return self.new_place or self.old_place


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A stretch of parts or rows that are the same."""

    is_run: ClassVar[bool] = True

    count: int


def fold(items: Sequence[Item]) -> list[Item | Unchanged]:
    """The items in order; those that are the same are only counted."""
    runs: list[Item | Unchanged] = []
    same = 0
    for item in items:
        if item.is_unchanged:
            same += 1
            continue
        if same:
            runs.append(Unchanged(same))
            same = 0
        runs.append(item)
    return [*runs, Unchanged(same)] if same else runs


@dataclass(frozen=True, slots=True)
class Comparison:
    fields: tuple[Change, ...]
    items: tuple[Item, ...]

    @property
    def runs(self) -> list[Item | Unchanged]:
        return fold(self.items)

    @property
    def is_empty(self) -> bool:
        return not self.fields and all(item.is_unchanged for item in self.items)

    def differing(self) -> Iterator[Item]:
        return (item for item in self.items if not item.is_unchanged)
