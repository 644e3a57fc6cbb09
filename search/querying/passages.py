"""The piece of a text that matched, as safe HTML: everything is escaped, only ``<mark>`` is added."""

import re
from functools import lru_cache

from django.utils.html import escape

from search.querying.text import Text

AROUND_CHARS = 90
# Longer texts are searched in their beginning only; a passage is a help, not a result.
SEARCHED_CHARS = 30_000
_ENDINGS = re.compile(r"(?:ational|ations?|ings?|edly|ed|ies|ers?|es|ly|s|e|y)$")


def passage(texts: tuple[str, ...], text: Text) -> str:
    """The first of ``texts`` in which a wanted word stands, cut around where most of them stand."""
    if not text:
        return ""
    pattern = _pattern(tuple(term.text for term in text.wanted))
    for candidate in texts:
        candidate = candidate[:SEARCHED_CHARS]
        found = [match.span() for match in pattern.finditer(candidate)]
        if found:
            return _cut(candidate, found, pattern)
    return ""


def _cut(text: str, found: list[tuple[int, int]], pattern: re.Pattern[str]) -> str:
    window = 2 * AROUND_CHARS
    best = max(found, key=lambda span: (_distinct(text, found, span, window), -span[0]))
    start = max(0, best[0] - AROUND_CHARS)
    end = min(len(text), start + window + (best[1] - best[0]))
    start, end = _whole_words(text, start, end)
    marked, last = [], start
    for left, right in found:
        if left < start or right > end:
            continue
        marked += [escape(text[last:left]), "<mark>", escape(text[left:right]), "</mark>"]
        last = right
    marked.append(escape(text[last:end]))
    body = " ".join("".join(marked).split())
    return f"{'…' if start else ''}{body}{'…' if end < len(text) else ''}"


def _distinct(text: str, found: list[tuple[int, int]], first: tuple[int, int], window: int) -> int:
    """How many different words match in the window that starts at ``first``."""
    inside = (
        text[left:right].lower()
        for left, right in found
        if first[0] <= left and right <= first[0] + window
    )
    return len(set(inside))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        space = text.find(" ", start, start + 20)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - 20, end)
        end = space if space > start else end
    return start, end


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches the words in their other forms too, near enough to how the engines stem."""
    stems = []
    for word in words:
        for piece in re.findall(r"[^\W_]+", word):
            stem = _ENDINGS.sub("", piece) if len(piece) > 4 else piece
            stems.append(stem if len(stem) > 2 else piece)
    longest_first = sorted(set(stems), key=len, reverse=True)
    parts = (
        rf"{re.escape(stem)}\w{{0,6}}" if len(stem) > 3 else rf"{re.escape(stem)}s?\b"
        for stem in longest_first
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)
