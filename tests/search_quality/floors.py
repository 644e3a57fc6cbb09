"""What each engine has reached over the demo, less one query: search may not become worse than this.

Success@1 and Success@5 of each class (rows of the report), and of "nothing" the share left empty.
Raise them when search gets better; lower one only with the reason in the commit.
"""

from tests.search_quality.asking import SUGGESTED

FLOORS: dict[str, dict[str, tuple[float, float]]] = {
    "elasticsearch": {
        "navigational": (0.94, 0.94),
        "paraphrase": (0.19, 0.26),
        "typo": (0.68, 0.84),
        "synonym": (0.45, 0.63),
        "question": (0.65, 0.65),
        "prefix": (0.94, 0.94),
        SUGGESTED: (0.94, 0.94),
    },
    "database": {
        "navigational": (0.94, 0.94),
        "paraphrase": (0.11, 0.26),
        "typo": (0.84, 0.84),
        "synonym": (0.54, 0.63),
        "question": (0.50, 0.65),
        "prefix": (0.94, 0.94),
        SUGGESTED: (0.94, 0.94),
    },
}
NOTHING_LEFT_EMPTY = {"elasticsearch": 0.80, "database": 0.80}
