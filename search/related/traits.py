"""What an artifact is about, from its searchable text. Pure: text in, weights out."""

import re
from collections import Counter
from math import sqrt

from search.indexing.documents import facets_of
from search.language.text import STOP_WORDS
from search.models import SearchEntry

# A word counts by where it stands.
IN_TITLE, IN_BOTTOM_LINE, IN_HEADING = 3.0, 2.0, 1.0
MAX_WORDS = 80
# What a shared term is worth beside the words, which together are worth at most 1. People and
# tools bring artifacts together; that both are for one industry says less.
TERMS = {"tool": 0.8, "tag": 0.8, "audience": 0.5, "industry": 0.4, "region": 0.3}
# Who has more terms of one vocabulary than this is about each of them less: hubs have them all.
PLENTY = 4
_WORD = re.compile(r"[^\W\d_]{3,40}")
_ENDINGS = ("ings", "ing", "ed", "es", "s")


def of(entry: SearchEntry) -> dict[str, float]:
    """Words and terms with their weights; a term has a colon in it, a word has none."""
    return {**_words(entry), **_terms(entry)}


def _words(entry: SearchEntry) -> dict[str, float]:
    counted: Counter[str] = Counter()
    places = (
        (entry.title, IN_TITLE),
        (entry.bottom_line, IN_BOTTOM_LINE),
        (entry.headings, IN_HEADING),
    )
    for text, weight in places:
        for word in _WORD.findall(text.lower()):
            if word not in STOP_WORDS:
                counted[_stem(word)] += weight  # type: ignore[assignment]  # a Counter of floats
    # The fifth mention of a word adds less than the first.
    weights = {word: sqrt(weight) for word, weight in counted.most_common(MAX_WORDS)}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def _terms(entry: SearchEntry) -> dict[str, float]:
    chosen = facets_of(entry.codes)
    found: dict[str, float] = {}
    for field, weight in TERMS.items():
        values = chosen.get(field, [])
        share = weight * min(1.0, sqrt(PLENTY / max(len(values), 1)))
        found |= {f"{field}:{value}": share for value in values}
    return found


def _stem(word: str) -> str:
    """Brings "reviews" and "reviewing" to "review"; that is enough to compare whole artifacts."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
