"""How much of a question an artifact must answer by its words, as weight of terms (``Term.weight``).

First most of it; when nothing answers so much, about half. Below that a result is chance: it is
better to say that there is none. Of a long question in one's own words less is enough, because no
text has all of them. The shares are measured (docs/search-quality.md).
"""

from search.language.text import Text

ALL = 1.0
# By number of terms: at first, and when that found nothing.
FIRST = {1: ALL, 2: ALL, 3: 0.6, 4: 0.45}
SECOND = {2: 0.55, 3: 0.55, 4: 0.45, 5: 0.38}
# Sums of the same numbers differ in their last digits.
TOLERANCE = 1e-3


def first(text: Text, least: float = 0.0) -> float:
    return max(_share(FIRST, text), least) * text.weight - TOLERANCE


def second(text: Text, least: float = 0.0) -> float | None:
    """None when asking again cannot find more."""
    share = _share(SECOND, text)
    if len(text.wanted) < 2 or share < least:
        return None
    return share * text.weight - TOLERANCE


def _share(shares: dict[int, float], text: Text) -> float:
    return shares[min(max(len(text.wanted), min(shares)), max(shares))]
