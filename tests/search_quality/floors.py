"""What each engine has reached over the demo, less one query: search may not become worse than this.

Success@1 and Success@5 of each class (rows of the report), and of "nothing" the share left empty.
Raise them when search gets better; lower one only with the reason in the commit.
"""

from tests.search_quality.asking import SUGGESTED

FLOORS: dict[str, dict[str, tuple[float, float]]] = {
    "elasticsearch": {
        "navigational": (0.92, 0.92),
        "paraphrase": (0.42, 0.70),
        "typo": (0.86, 0.89),
        "synonym": (0.52, 0.63),
        "question": (0.61, 0.76),
        "prefix": (0.96, 0.96),
        SUGGESTED: (0.88, 0.88),
    },
    "database": {
        "navigational": (0.92, 0.92),
        "paraphrase": (0.40, 0.64),
        "typo": (0.89, 0.89),
        "synonym": (0.58, 0.66),
        "question": (0.53, 0.76),
        "prefix": (0.92, 0.96),
        SUGGESTED: (0.88, 0.88),
    },
}
NOTHING_LEFT_EMPTY = {"elasticsearch": 0.90, "database": 0.90}
