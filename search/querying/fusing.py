"""One order from two: what the words say and what the meaning says.

A weighted sum of both, each brought to 0..1 (Bruch, Gai, Ingber 2023, "An Analysis of Fusion
Functions for Hybrid Retrieval": better than fusing ranks, because ranks forget how good the best
is). Words count by the share of the question that they answer: a list that has the half of it is no
match for a passage that means it, and an exact title is one for any.
"""

from collections.abc import Mapping, Sequence

from search.engines.base import EngineHit, Near

# Measured on the tuning half of tests/search_quality.
MEANING = 1.0
WORDS = 1.0
COVERAGE_POWER = 2.0
# Cosines of all-MiniLM-L6-v2: below the first two texts have nothing to do with each other, above
# the second they say the same.
UNRELATED, SAME = 0.20, 0.70
# Found by its meaning alone: less than this is chance.
ENOUGH_ALONE = 0.38


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
