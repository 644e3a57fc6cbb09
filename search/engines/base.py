"""The seam: what an engine is asked and what it answers. Only ids and plain text cross it.

Everything that people see around that (cards, labels, addresses) is added by ``search.querying``,
the same for all engines. Facet values are the internal ones: a category is its tree path.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from knowledge.catalog.permissions import Access
from search.querying.text import Text


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


@dataclass(frozen=True, slots=True)
class EngineHit:
    """``passages`` are safe HTML: escaped text in which only ``<mark>`` is markup."""

    id: int
    score: float
    passages: tuple[str, ...] = ()


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


class Engine(Protocol):
    name: str

    def search(self, ask: Ask) -> Answer:
        """Answer.

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
