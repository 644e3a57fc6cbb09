"""A comparison in one sentence, as a suggestion for the note of the next version."""

from collections import Counter
from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from knowledge.governance.comparing.result import Change, Comparison, Item, State

MOST_CHARS = 300
# Fields whose new value is not worth saying more of than that it changed.
_ROOM = 20


def note(comparison: Comparison) -> str:
    """Empty when nothing differs; at most 300 characters, cut between two statements."""
    said = ""
    statements = list(dict.fromkeys([*_of_parts(comparison), *_of_fields(comparison)]))
    for number, statement in enumerate(statements):
        longer = f"{said}; {statement}" if said else capfirst(statement)
        if len(longer) > MOST_CHARS - _ROOM:
            rest = len(statements) - number
            return f"{said}; {_('and %d more') % rest}." if said else ""
        said = longer
    return f"{said}." if said else ""


def is_major(comparison: Comparison) -> bool:
    """Whether people who worked by the old version would now do something else.

    So it is when work was added or taken away: a part that is carried out, or rows of one.
    """
    return any(
        item.is_work and (item.state in (State.ADDED, State.REMOVED) or _rows_come_or_go(item))
        for item in comparison.items
    )


def _rows_come_or_go(item: Item) -> bool:
    return any(
        row.state in (State.ADDED, State.REMOVED) for change in item.changes for row in change.items
    )


def _of_parts(comparison: Comparison) -> Iterator[str]:
    for item in comparison.differing():
        name = item.title or item.label
        if item.state == State.ADDED:
            yield _("“%s” added") % name
        elif item.state == State.REMOVED:
            yield _("“%s” removed") % name
        else:
            yield from _of_one(item, name)


def _of_one(item: Item, name: str) -> Iterator[str]:
    listed = [change for change in item.changes if change.items]
    for change in listed:
        yield f"{change.label}: {_counted(change)}"
    if item.state == State.CHANGED and len(listed) < len(item.changes):
        yield _("“%s” changed") % name
    if item.moved:
        yield _("“%s” moved") % name


def _counted(change: Change) -> str:
    counts = Counter(row.state for row in change.items)
    moved = sum(row.moved for row in change.items if row.state == State.SAME)
    pieces = [
        (counts[State.ADDED], _("%d added")),
        (counts[State.REMOVED], _("%d removed")),
        (counts[State.CHANGED], _("%d changed")),
        (moved, _("%d moved")),
    ]
    return ", ".join(words % count for count, words in pieces if count)


def _of_fields(comparison: Comparison) -> Iterator[str]:
    for change in comparison.fields:
        yield _("%s changed") % change.label.lower()
