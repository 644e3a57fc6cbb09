"""The one result that page and API are made from. Frozen: nothing is added on the way out."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil

from knowledge.catalog.selectors.cards import Card
from search.querying.request import MAX_PAGE, SearchRequest


@dataclass(frozen=True, slots=True)
class Hit:
    """``passages`` are safe HTML in which the words found are marked."""

    card: Card
    score: float
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, with how many results it has or would add."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    field: str
    label: str
    options: tuple[Option, ...]

    @property
    def selected(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.selected)


@dataclass(frozen=True)
class SearchResult:
    """``request`` is what was really asked: values checked, merged tags replaced.

    ``degraded`` is true when another engine than the one in charge had to answer.
    """

    request: SearchRequest
    count: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    engine: str
    degraded: bool
    took_ms: float
    did_you_mean: str | None = None

    @cached_property
    def pages(self) -> int:
        """How many pages there are; at least one, and none beyond where paging ends."""
        return max(1, min(ceil(self.count / self.request.per_page), MAX_PAGE))

    @property
    def page(self) -> int:
        return self.request.page
