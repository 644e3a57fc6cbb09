"""Differences inside a text: by words, by lines where too much differs, else as a whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from os.path import commonprefix

from knowledge.governance.comparing.edits import Budget, Edit, edits
from knowledge.governance.comparing.result import Mark, Span

# A word or a sign with the space before it; all tokens together are the text.
_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
# More words than that are compared by lines.
MOST_WORDS = 20_000
# Fewer words than that between two changes only make them hard to read.
FEWEST_BETWEEN = 2
# With less in common two texts are shown one after the other.
LEAST_IN_COMMON = 0.25
# Characters of unchanged text that are shown beside a change.
AROUND = 90


def compare(old: str, new: str, budget: Budget) -> tuple[Span, ...]:
    """Spans of both texts; nothing of them is left out (see ``folded``)."""
    if old == new:
        return _spans([(Mark.SAME, old)])
    if not old or not new:
        return _whole(old, new)
    if len(old) + len(new) <= MOST_WORDS * 8:
        words, others = _WORD.findall(old), _WORD.findall(new)
        found = edits(words, others, budget)
        if found is not None:
            return _shown(words, others, list(_readable(found)))
    lines, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found = edits(lines, others, budget) if len(lines) > 1 or len(others) > 1 else None
    return _whole(old, new) if found is None else _shown(lines, others, found)


def _whole(old: str, new: str) -> tuple[Span, ...]:
    return _spans([(Mark.REMOVED, old), (Mark.ADDED, new)])


def _readable(found: Sequence[Edit]) -> Iterator[Edit]:
    """A word or two that stayed between two changes is shown as changed with them."""
    waiting: Edit | None = None
    for number, edit in enumerate(found):
        inner = 0 < number < len(found) - 1
        stays = edit.same and not (inner and edit.old_end - edit.old_start < FEWEST_BETWEEN)
        if stays:
            if waiting is not None:
                yield waiting
            waiting = None
            yield edit
        elif waiting is None:
            waiting = Edit(False, edit.old_start, edit.old_end, edit.new_start, edit.new_end)
        else:
            waiting = Edit(False, waiting.old_start, edit.old_end, waiting.new_start, edit.new_end)
    if waiting is not None:
        yield waiting


def _shown(old: Sequence[str], new: Sequence[str], found: Iterable[Edit]) -> tuple[Span, ...]:
    pieces: list[tuple[Mark, str]] = []
    common = 0
    for edit in found:
        before = "".join(old[edit.old_start : edit.old_end])
        if edit.same:
            common += len(before)
            pieces.append((Mark.SAME, before))
        else:
            after = "".join(new[edit.new_start : edit.new_end])
            space = _space_of_both(before, after)
            pieces.append((Mark.SAME, space))
            pieces.append((Mark.REMOVED, before.removeprefix(space)))
            pieces.append((Mark.ADDED, after.removeprefix(space)))
    longer = max(sum(map(len, old)), sum(map(len, new)))
    if common < LEAST_IN_COMMON * longer:
        return _whole("".join(old), "".join(new))
    return _spans(pieces)


def _space_of_both(old: str, new: str) -> str:
    """The space that both begin with: it did not change."""
    space = commonprefix([old, new])
    return space[: len(space) - len(space.lstrip())]


def _spans(pieces: Iterable[tuple[Mark, str]]) -> tuple[Span, ...]:
    found: list[Span] = []
    for mark, text in pieces:
        if text and found and found[-1].mark == mark:
            found[-1] = Span(mark, found[-1].text + text)
        elif text:
            found.append(Span(mark, text))
    return tuple(found)


def folded(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same with long unchanged stretches left out, but for the words next to a change."""
    return tuple(piece for n, span in enumerate(spans) for piece in _folded(span, n, len(spans)))


def _folded(span: Span, number: int, count: int) -> Iterator[Span]:
    if span.mark != Mark.SAME or len(span.text) <= 3 * AROUND:
        yield span
        return
    head = span.text[:AROUND].rsplit(" ", 1)[0] if number else ""
    tail = span.text[-AROUND:].split(" ", 1)[-1] if number < count - 1 else ""
    if head:
        yield Span(Mark.SAME, head)
    yield Span(Mark.LEFT_OUT, span.text[len(head) : len(span.text) - len(tail)])
    if tail:
        yield Span(Mark.SAME, tail)
