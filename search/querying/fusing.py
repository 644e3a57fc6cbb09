"""One order from two: what the words say and what the meaning says.

A weighted sum of both, each brought to 0..1 (Bruch, Gai, Ingber 2023, "An Analysis of Fusion
Functions for Hybrid Retrieval": better than fusing ranks, because ranks forget how good the best
is). Words count by the share of the question that they answer: a list that has the half of it is no
match for a passage that means it, and an exact title is one for any.
"""

from collections.abc import Mapping, Sequence

from search.engines.base import EngineHit, Near
from search.language.text import Text

# Measured on the tuning half of tests/search_quality.
MEANING = 3.5
WORDS = 1.0
COVERAGE_POWER = 2.0
# Cosines of all-MiniLM-L6-v2: below the first two texts have nothing to do with each other, above
# the second they say the same.
UNRELATED, SAME = 0.10, 0.80
# Found by its meaning alone, by number of terms: less than this is chance. The more is said, the
# farther apart even good answers are; a single word that no text has is near to anything by its sound.
ENOUGH_ALONE = {1: 0.62, 2: 0.42, 4: 0.36}
ENOUGH_FOR_MORE = 0.28
# Nothing in the library is nearer to the question: then half of its words is chance, too.
FAR = 0.34
LEAST_WHEN_FAR = 0.75


def is_enough(near: Near, text: Text, *, is_spoken_of: bool = False) -> bool:
    """Whether a page may be a result though its words do not answer the question.

    ``is_spoken_of``: what the reader may see has the words. Then they are more than a sound, as are an
    expression of several words and what editors have explained.
    """
    number = len(text.wanted)
    if is_spoken_of or text.synonyms or " " in text.words:
        number = max(number, 2)
    least = next((it for most, it in ENOUGH_ALONE.items() if number <= most), ENOUGH_FOR_MORE)
    return near.cosine >= least


def least_by_words(near: Sequence[Near]) -> float:
    """The share of the question that words alone must answer, when ``near`` is all that means it.

    An index in which nothing has a vector yet says nothing about it.
    """
    return LEAST_WHEN_FAR if near and max(one.cosine for one in near) < FAR else 0.0


def fused(
    hits: Sequence[EngineHit], near: Mapping[int, Near], first: Sequence[int]
) -> list[EngineHit]:
    """The hits in their final order; ``first`` are those that editors put there."""
    most = max((hit.score for hit in hits), default=0.0) or 1.0

    def worth(hit: EngineHit) -> float:
        words = hit.score / most * hit.coverage**COVERAGE_POWER
        return WORDS * words + MEANING * _meaning(near.get(hit.id))

    place = {pk: number for number, pk in enumerate(first)}
    return sorted(hits, key=lambda hit: (place.get(hit.id, len(place)), -worth(hit), hit.id))


def _meaning(found: Near | None) -> float:
    if found is None:
        return 0.0
    return min(max((found.cosine - UNRELATED) / (SAME - UNRELATED), 0.0), 1.0)
