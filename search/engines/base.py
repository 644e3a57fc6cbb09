"""The seam: what an engine is asked and what it answers. Only ids and plain text cross it.

Everything that people see around that (cards, labels, addresses) is added by ``search.querying``,
the same for all engines. Facet values are the internal ones: a category is its tree path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from knowledge.catalog.permissions import Access
from search.language.text import Text

# From so many letters on, one word can be several.
JOINED = 5


class EngineFailed(Exception):
    """The engine cannot answer; another one may.

    ``is_away`` is false when it answers, but not this question: then others may go on asking it.
    """

    def __init__(self, reason: str, *, is_away: bool = True) -> None:
        self.is_away = is_away
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Ask:
    """One search.

    ``within`` restricts the whole result, counts included: the subject of a browse page.
    ``filters`` is what the reader ticked: OR within a field, AND across; the counts of a field do
    not heed its own filter, so that its other values stay in view.
    ``besides`` are pages that belong to the result although the words may not find them (near in
    meaning, put first by editors); sorted by relevance they come first, and the caller puts them
    where they belong. They pass the same access clause and filters as all others.
    """

    text: Text
    access: Access
    today: date
    sort: str
    offset: int
    limit: int
    facets: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    under: str = ""  # tree path of the section that all hits stand below
    besides: tuple[int, ...] = ()
    least: float = (
        0.0  # share of the question that words alone must answer, where that is more than usual
    )


@dataclass(frozen=True, slots=True)
class EngineHit:
    """``coverage``: the share of the question, by weight of its terms, that was found in the words."""

    id: int
    score: float
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Near:
    """A page near in meaning: where its nearest passage stands in the body of its entry.

    ``cosine`` is mostly that of this passage, and a little what its nearest three have on average: a
    page that speaks of the matter throughout is nearer than one with a single like sentence.
    """

    page_id: int
    cosine: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    count: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Mapping[str, int]]  # field -> internal value -> count


@dataclass(frozen=True, slots=True)
class Suggest:
    """``words``: what was typed so far, in lower case; the last one may be a beginning."""

    words: tuple[str, ...]
    access: Access
    limit: int

    @property
    def joined(self) -> str:
        """Written in one word, as names of alerts are: the title, or what was typed, may be several."""
        joined = "".join(self.words)
        return joined if len(joined) >= JOINED else ""


class Engine(Protocol):
    name: str

    def search(self, ask: Ask) -> Answer:
        """Answer.

        Raises:
            EngineFailed: not now.
        """
        ...

    def near(self, vector: Sequence[float], ask: Ask, *, at_least: float) -> list[Near] | None:
        """The nearest passage of each page, nearest first; not below the cosine ``at_least``.

        None from an engine that knows no meaning. Within what ``ask`` may see and stands under; its filters are not heeded.

        Raises:
            EngineFailed: not now.
        """
        ...

    def suggest(self, ask: Suggest) -> list[int]:
        """Ids of pages by their titles, best first.

        Raises:
            EngineFailed: not now.
        """
        ...
