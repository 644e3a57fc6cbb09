"""The piece of a text that matched, as safe HTML: everything is escaped, only ``<mark>`` is added."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.engines.base import Near
from search.language.text import Form, Text
from search.language.words import cut
from search.models import SearchEntry

AROUND_CHARS = 90
# Longer texts are searched in their beginning only; a passage is a help, not a result.
SEARCHED_CHARS = 30_000
# Of the places where a word stands, so many are compared.
COMPARED = 60
_ENDINGS = re.compile(r"(?:ational|ations?|ings?|edly|ed|ies|ers?|es|ly|s|e|y)$")


@dataclass(frozen=True, slots=True)
class Passage:
    """``html`` is empty when nothing is to be shown; ``heading`` is what it stands under."""

    html: SafeString
    anchor: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a hit: its bottom line with marks, when there are any, and one passage."""

    line: SafeString | str = ""
    passage: Passage = Passage(SafeString(""))


def shown(page_ids: Iterable[int], text: Text, near: dict[int, Near]) -> dict[int, Shown]:
    """What to show of these hits, by page. One query."""
    wanted = list(page_ids)
    if not text or not wanted:
        return {}
    columns = ("bottom_line", "body", "terms", "sections")
    rows = SearchEntry.objects.filter(pk__in=wanted).values_list("pk", *columns)
    pattern = _pattern(tuple(form for term in text.wanted for form in term.forms))
    return {
        pk: _shown(line, body, terms, sections, pattern, near.get(pk))
        for pk, line, body, terms, sections in rows
    }


def passage(body: str, text: Text) -> SafeString:
    """The piece of one text in which most of the words stand; empty when none does."""
    pattern = _pattern(tuple(form for term in text.wanted for form in term.forms))
    start, end, found = _window(body[:SEARCHED_CHARS], pattern)
    return _marked(body, start, end, found) if found else SafeString("")


def _shown(
    line: str,
    body: str,
    terms: str,
    sections: Sequence[Sequence[Any]],
    pattern: re.Pattern[str],
    near: Near | None,
) -> Shown:
    start, end, found = _window(body[:SEARCHED_CHARS], pattern)
    if found:
        html = _marked(body[:SEARCHED_CHARS], start, end, found)
    elif near is not None and near.end:
        # Found by what it means: the beginning of the piece, without marks.
        start = near.start
        start, end = _whole_words(body, start, min(near.end, start + 2 * AROUND_CHARS))
        html = _marked(body, start, end, [])
    else:
        # The passage repeats the names of the chosen terms when only these have the words.
        start, end, found = _window(terms, pattern)
        html = _marked(terms, start, end, found) if found else SafeString("")
        return Shown(_marked_whole(line, pattern), Passage(html))
    anchor, heading = _under(sections, start)
    return Shown(_marked_whole(line, pattern), Passage(html, anchor, heading))


def _under(sections: Sequence[Sequence[Any]], place: int) -> tuple[str, str]:
    above = [one for one in sections if one[2] <= place]
    return (above[-1][0], above[-1][1]) if above else ("", "")


def _marked_whole(text: str, pattern: re.Pattern[str]) -> SafeString:
    found = [match.span() for match in pattern.finditer(text)]
    return _marked(text, 0, len(text), found) if found else SafeString("")


def _window(text: str, pattern: re.Pattern[str]) -> tuple[int, int, list[tuple[int, int]]]:
    """Where most of the wanted words stand together, in whole words, and all places of them."""
    found = [match.span() for match in pattern.finditer(text)]
    if not found:
        return 0, 0, []
    width = 2 * AROUND_CHARS
    best = _fullest(text, found, width)
    start = max(0, best[0] - AROUND_CHARS)
    end = min(len(text), start + width + (best[1] - best[0]))
    return *_whole_words(text, start, end), found


def _marked(text: str, start: int, end: int, found: list[tuple[int, int]]) -> SafeString:
    parts, last = [], start
    for left, right in found:
        if left < start or right > end:
            continue
        parts += [escape(text[last:left]), "<mark>", escape(text[left:right]), "</mark>"]
        last = right
    parts.append(escape(text[last:end]))
    body = " ".join("".join(parts).split())
    html = f"{'…' if start else ''}{body}{'…' if end < len(text) else ''}"
    return mark_safe(html)  # noqa: S308 - every piece of text is escaped above


def _fullest(text: str, found: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """The first place after which most different words stand within ``width``."""
    words = [text[left:right].lower() for left, right in found]
    best, most = 0, 0
    inside: Counter[str] = Counter()
    end = 0
    for first, (start, _end) in enumerate(found[:COMPARED]):
        while end < len(found) and found[end][1] <= start + width:
            inside[words[end]] += 1
            end += 1
        if len(inside) > most:
            best, most = first, len(inside)
        # The window goes on to the next place and leaves this one behind, unless it was too long for it.
        if end == first:
            end += 1
        elif inside[words[first]] > 1:
            inside[words[first]] -= 1
        else:
            del inside[words[first]]
    return found[best]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        space = text.find(" ", start, start + 20)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - 20, end)
        end = space if space > start else end
    return start, end


@lru_cache(maxsize=256)
def _pattern(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """Matches the forms in their other endings too, near enough to how the engines stem."""
    parts: dict[str, None] = {}
    for form in forms:
        words = cut(form.text)
        if (form.phrase or form.begins) and len(words) > 1:
            parts[r"[\W_]+".join(map(_word, words))] = None
        else:
            parts.update(dict.fromkeys(map(_word, words), None))
    longest_first = sorted(parts, key=len, reverse=True)
    # Nothing to look for matches nothing.
    return re.compile(rf"\b(?:{'|'.join(longest_first) or '(?!)'})", re.IGNORECASE)


def _word(word: str) -> str:
    stem = _ENDINGS.sub("", word) if len(word) > 4 else word
    stem = stem if len(stem) > 2 else word
    return rf"{re.escape(stem)}\w{{0,6}}" if len(stem) > 3 else rf"{re.escape(stem)}s?\b"
