"""Which of many short texts say nearly the same. Pure: words in, pairs out.

Two texts are compared by the words they share, whatever their order: the shared weight over the
weight of all their words. A word weighs less the more texts have it, so that the name of the topic
in every question makes no pair.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

ALIKE = 0.65
SHORT_LIST = 20
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "may",
        "must",
        "of",
        "on",
        "or",
        "our",
        "should",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "us",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Key]):
    """``score`` runs from 0 (nothing shared) to 1 (the same words)."""

    one: Key
    other: Key
    score: float


def near_duplicates(
    texts: Mapping[Key, str], *, at_least: float = ALIKE, too_common: int | None = None
) -> list[Pair[Key]]:
    """Pairs that are alike, the most alike first. Only texts that share a rarer word are compared.

    A word that more than ``too_common`` of the texts have brings nobody together; half of a long
    list unless it is given. The fewer, the faster: every two texts with the word are a candidate.
    """
    words = {key: _words(text) for key, text in texts.items()}
    spread = Counter(word for found in words.values() for word in found)
    weight = {word: 1 / (1 + math.log(count)) for word, count in spread.items()}
    found = []
    for one, other in _candidates(words, spread, too_common):
        shared = sum(weight[word] for word in words[one] & words[other])
        total = sum(weight[word] for word in words[one] | words[other])
        if total and shared / total >= at_least:
            found.append(Pair(one, other, round(shared / total, 2)))
    return sorted(found, key=lambda pair: -pair.score)


def _candidates(
    words: Mapping[Key, frozenset[str]], spread: Counter, too_common: int | None
) -> Iterator[tuple[Key, Key]]:
    """Each pair once; in a long list a word that is in most texts brings nobody together."""
    if too_common is None:
        too_common = max(len(words) // 2, SHORT_LIST)
    order = {key: place for place, key in enumerate(words)}
    holders: dict[str, list[Key]] = defaultdict(list)
    for key, found in words.items():
        for word in found:
            if spread[word] <= too_common:
                holders[word].append(key)
    pairs = {
        (one, other)
        for keys in holders.values()
        for place, one in enumerate(keys)
        for other in keys[place + 1 :]
    }
    yield from sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


def _stem(word: str) -> str:
    """Good enough to bring "reviews" and "reviewing" to "review"; no dictionary."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
