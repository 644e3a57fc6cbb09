"""Mistyped words. Only a word that nobody has written is healed: fuzziness on every word finds too much.

The distance is Damerau's: a letter too many, too few, wrong, or two neighbours exchanged is one.
"""

import re
from array import array
from bisect import bisect_left
from functools import lru_cache
from hashlib import blake2b

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from knowledge.catalog.services import freshness
from search.language.words import Known
from search.models import SearchWord

# One edit in short words, two in long ones; a code is what it is.
SHORTEST = 4
LONG = 8
SELDOM = 2
FAR_COMMONER = 10
_CODE = re.compile(r"[^\W_]*\d")
_MOST = 200


def heal(word: str, known: Known) -> str:
    """The word that was most likely meant; empty when there is none. Reads all words when asked first.

    A word that stands in one or two texts may be mistyped there as well: then the other must be far
    commoner, and both are looked for.
    """
    times = known.times(word)
    if len(word) < SHORTEST or _CODE.match(word) or times > SELDOM or _is_english(word):
        return ""
    edits = 2 if len(word) >= LONG else 1
    by_length = freshness.kept("search.words", _by_length)
    near = [
        candidate
        for length in range(len(word) - edits, len(word) + edits + 1)
        for candidate in by_length.get(length, ())
        if candidate != word
    ]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=_MOST)
    if not found:
        return ""
    counts = dict(
        SearchWord.objects.filter(word__in=[one for one, *_ in found]).values_list(
            "word", "entries"
        )
    )

    def likely(one: tuple[str, float, int]) -> tuple[float, bool, int, str]:
        candidate, distance, _place = one
        # People seldom mistype the first letter.
        return distance, candidate[0] != word[0], -counts.get(candidate, 0), candidate

    meant = min(found, key=likely)[0]
    return meant if counts.get(meant, 0) >= times * FAR_COMMONER else ""


def _is_english(word: str) -> bool:
    """Whether it is spelt as it should be: then it is not mistyped, and nobody wrote about it here."""
    words = _english()
    place = bisect_left(words, _number(word))
    return place < len(words) and words[place] == _number(word)


@lru_cache(maxsize=1)
def _english() -> array:  # type: ignore[type-arg]
    """Some 160,000 English words as sorted numbers: 1.3 MB, where a set of them takes twenty."""
    words = SpellChecker(language="en", distance=1).word_frequency.keys()
    return array("Q", sorted(map(_number, words)))


def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def _by_length() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    words = SearchWord.objects.filter(entries__gt=0).values_list("word", flat=True)
    for word in words.iterator(chunk_size=5000):
        if len(word) >= SHORTEST - 1 and not _CODE.match(word):
            found.setdefault(len(word), []).append(word)
    return {length: tuple(listed) for length, listed in found.items()}
