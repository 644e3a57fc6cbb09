"""What each engine has reached over the demo, less one query: search may not become worse than this.

Success@1 and Success@5 of each class (rows of the report), and of "nothing" the share left empty.
Raise them when search gets better; lower one only with the reason in the commit.
"""

from tests.search_quality.asking import SUGGESTED

FLOORS: dict[str, dict[str, tuple[float, float]]] = {
    "elasticsearch": {
        "navigational": (0.94, 0.94),
        "paraphrase": (0.11, 0.30),
        "typo": (0.47, 0.68),
        "synonym": (0.13, 0.31),
        "question": (0.70, 0.80),
        "prefix": (0.64, 0.70),
        SUGGESTED: (0.94, 0.94),
    },
    "database": {
        "navigational": (0.94, 0.94),
        "paraphrase": (0.03, 0.19),
        "typo": (0.52, 0.63),
        "synonym": (0.18, 0.22),
        "question": (0.50, 0.85),
        "prefix": (0.64, 0.70),
        SUGGESTED: (0.94, 0.94),
    },
}
NOTHING_LEFT_EMPTY = {"elasticsearch": 0.17, "database": 0.17}
