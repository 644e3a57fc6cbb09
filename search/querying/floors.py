"""How much of a question an artifact must answer by its words, as weight of terms (``Term.weight``).

First nearly all; when nothing answers so much, half of it. Below that a result is chance: it is
better to say that there is none.
"""

from search.querying.text import Text

# Of three terms one may be missing, of five two, when they are not the rare ones.
MOST_OF = 0.6
HALF_OF = 0.5
# Sums of the same numbers differ in their last digits.
TOLERANCE = 1e-3


def first(text: Text) -> float:
    share = 1.0 if len(text.wanted) <= 2 else MOST_OF
    return share * text.weight - TOLERANCE


def second(text: Text) -> float | None:
    """None when asking again cannot find more."""
    return HALF_OF * text.weight - TOLERANCE if len(text.wanted) > 1 else None
