"""The judged queries of ``queries/``: what somebody types, and which artifacts answer it.

One file for each class of query. ``exactly`` names the artifacts that answer it (grade 2),
``helps`` those that also help (grade 1). An artifact of the demo is named by its address, one of
the corpora by its file below ``shared/corpora``.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

QUERIES = Path(__file__).parent / "queries"
# In the order of the report. "nothing" has no answer: its queries should find nothing.
CLASSES = ("navigational", "paraphrase", "typo", "synonym", "question", "prefix", "nothing")
NOTHING, PREFIX = "nothing", "prefix"
TUNE, HELD = "tune", "held"
EXACTLY, HELPS = 2, 1
_KEYS = {"query", "exactly", "helps"}


class BadQuery(ValueError):
    """A query file says something that cannot be meant; the message names file and query."""


@dataclass(frozen=True, slots=True)
class Query:
    """``grades`` maps artifacts (by name in the files) to ``EXACTLY`` or ``HELPS``."""

    text: str
    kind: str
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def split(self) -> str:
        """Whether it may be tuned with or only judges. Depends on nothing but its words."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return HELD if digest[0] % 2 else TUNE

    def among(self, names: set[str]) -> "Query":
        """The same query where only these artifacts exist."""
        kept = {name: grade for name, grade in self.grades.items() if name in names}
        return replace(self, grades=kept)

    @property
    def is_answerable(self) -> bool:
        """Whether something answers it exactly: what merely helps is no fair goal alone."""
        return EXACTLY in self.grades.values()


def is_of_corpora(name: str) -> bool:
    """Whether an artifact is named by a file; the demo's addresses have no ending."""
    return name.endswith((".md", ".erb"))


def load(folder: Path = QUERIES) -> list[Query]:
    """All queries, in the order of the classes and files.

    Raises:
        BadQuery: a query is empty, there twice, or judged in a way that cannot be meant.
    """
    queries: list[Query] = []
    seen: set[str] = set()
    for kind in CLASSES:
        for row in yaml.safe_load((folder / f"{kind}.yaml").read_text(encoding="utf-8")):
            query = _query(kind, row)
            if query.text in seen:
                raise BadQuery(f"{kind}: “{query.text}” is there twice")
            seen.add(query.text)
            queries.append(query)
    return queries


def _query(kind: str, row: Mapping[str, object]) -> Query:
    text = row.get("query")
    if not isinstance(text, str) or not text.strip():
        raise BadQuery(f"{kind}: a query has no text: {row}")
    if unknown := set(row) - _KEYS:
        raise BadQuery(f"{kind}: “{text}” has unknown keys: {sorted(unknown)}")
    exactly, helps = _names(row, "exactly"), _names(row, "helps")
    names = [*exactly, *helps]
    if len(names) != len(set(names)):
        raise BadQuery(f"{kind}: “{text}” names an artifact twice")
    if (kind == NOTHING) != (not exactly):
        raise BadQuery(f"{kind}: “{text}” needs an exact answer, unless nothing should be found")
    if len(names) > 5 or (kind == NOTHING and names):
        raise BadQuery(f"{kind}: “{text}” names too many artifacts")
    return Query(text, kind, dict.fromkeys(exactly, EXACTLY) | dict.fromkeys(helps, HELPS))


def _names(row: Mapping[str, object], key: str) -> list[str]:
    value = row.get(key, [])
    return [str(name) for name in value] if isinstance(value, list) else []
