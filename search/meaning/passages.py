"""The pieces of an entry that are given a vector each, so that a long text is found by one section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

from search.models import SearchEntry

# About 150 words: what the model was taught on, and what a reader takes in at a glance.
MOST_CHARS = 900
FEWEST_CHARS = 40
# The rest of an endless text is found by its words.
MOST_PASSAGES = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` is what is understood: the piece with the title and heading that it stands under."""

    start: int
    end: int
    text: str

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def pieces(entry: SearchEntry) -> list[Piece]:
    """The first is what the whole is about: title and bottom line, with the beginning of the body."""
    lead = Piece(0, 0, f"{entry.title}. {entry.bottom_line}".strip())
    found = [lead]
    for start, end, heading in _spans(entry.body, entry.sections):
        for left, right in _cut(entry.body, start, end):
            words = " ".join(entry.body[left:right].split())
            if len(words) >= FEWEST_CHARS:
                found.append(Piece(left, right, f"{entry.title}. {heading}. {words}"))
            if len(found) == MOST_PASSAGES:
                return found
    return found


def _spans(body: str, sections: Sequence[Sequence[Any]]) -> Iterator[tuple[int, int, str]]:
    places = [(0, ""), *((place, heading) for _anchor, heading, place in sections)]
    for (start, heading), (end, _next) in pairwise([*places, (len(body), "")]):
        if end > start:
            yield start, end, heading


def _cut(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """At the ends of lines, or of sentences, or of words."""
    while end - start > MOST_CHARS:
        most = start + MOST_CHARS
        found = next(
            (
                place + len(mark)
                for mark in ("\n", ". ", " ")
                if (place := body.rfind(mark, start + MOST_CHARS // 2, most)) > 0
            ),
            most,
        )
        yield start, found
        start = found
    yield start, end
