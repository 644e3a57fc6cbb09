"""Asks each query through the seam that pages and API use, and measures what comes back."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from knowledge.catalog.permissions import Access, access_for
from search.querying import request, service
from tests.search_quality import judged, measures
from tests.search_quality.judged import Query

READ = 10  # how far down anybody looks
SUGGESTED = "prefix, suggested"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """``ranked`` are names as the judgements use them, ``titles`` what a person sees."""

    query: Query
    ranked: tuple[str, ...]
    titles: tuple[str, ...]
    took_ms: float
    degraded: bool = False

    @property
    def rank(self) -> int:
        """Of the first answer, from 1; 0 when there is none."""
        return round(1 / first) if (first := self.measure(measures.reciprocal_rank)) else 0

    def measure(self, by: Callable[[Sequence[str], Mapping[str, int]], float]) -> float:
        return by(self.ranked, self.query.grades)


@dataclass(frozen=True, slots=True)
class Row:
    """Means of one class. Of "nothing" only ``left_empty`` means something; of others it does not."""

    name: str
    queries: int
    success_1: float | None = None
    success_5: float | None = None
    mrr: float | None = None
    ndcg: float | None = None
    left_empty: float | None = None
    median_ms: float = 0.0


@dataclass
class Run:
    """One engine in one configuration: every query asked once."""

    engine: str
    vectors: bool
    asked: list[Asked] = field(default_factory=list)
    suggested: list[Asked] = field(default_factory=list)

    def rows(self) -> list[Row]:
        rows = []
        for kind in judged.CLASSES:
            of_kind = [one for one in self.asked if one.query.kind == kind]
            if of_kind:
                rows.append(_row(kind, of_kind))
            if kind == judged.PREFIX and self.suggested:
                rows.append(_row(SUGGESTED, self.suggested))
        answerable = [one for one in self.asked if one.query.kind != judged.NOTHING]
        return [*rows, _row(ALL, answerable)] if answerable else rows


def ask_all(
    queries: Iterable[Query], names: Mapping[str, int], *, engine: str, vectors: bool
) -> Run:
    """Ask as a visitor without a login. The engine is the one that the settings choose."""
    access = access_for(AnonymousUser())
    queries = list(queries)
    shown = _names_by_id(queries, names)
    run = Run(engine, vectors)
    for query in queries:
        run.asked.append(_found(query, access, shown))
        if query.kind == judged.PREFIX:
            run.suggested.append(_suggested(query, access, shown))
    return run


def _found(query: Query, access: Access, shown: Mapping[int, str]) -> Asked:
    parameters = QueryDict(urlencode({"q": query.text}))
    result = service.find(request.from_parameters(parameters), access)
    cards = [hit.card for hit in result.hits]
    return Asked(query, *_ranked(cards, shown), result.took_ms, result.degraded)


def _suggested(query: Query, access: Access, shown: Mapping[int, str]) -> Asked:
    started = time.perf_counter()
    cards = service.suggest(query.text, access)
    took = (time.perf_counter() - started) * 1000
    return Asked(query, *_ranked(cards, shown), took)


def _ranked(
    cards: Iterable[Any], shown: Mapping[int, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Each artifact once, where it came first: several passages of it are one answer."""
    titles: dict[str, str] = {}
    for card in cards:
        titles.setdefault(shown.get(card.id, card.url), card.title)
    return tuple(titles)[:READ], tuple(titles.values())[:READ]


def _names_by_id(queries: Iterable[Query], names: Mapping[str, int]) -> dict[int, str]:
    """The name that a judgement uses, for a page that has two."""
    shown = {pk: name for name, pk in names.items()}
    return shown | {names[name]: name for query in queries for name in query.grades}


def _row(name: str, asked: Sequence[Asked]) -> Row:
    took = median(one.took_ms for one in asked)
    if name == judged.NOTHING:
        empty = fmean(not one.ranked for one in asked)
        return Row(name, len(asked), left_empty=empty, median_ms=took)
    return Row(
        name,
        len(asked),
        success_1=fmean(one.measure(lambda *a: measures.success_at(1, *a)) for one in asked),
        success_5=fmean(one.measure(lambda *a: measures.success_at(5, *a)) for one in asked),
        mrr=fmean(one.measure(measures.reciprocal_rank) for one in asked),
        ndcg=fmean(one.measure(measures.ndcg) for one in asked),
        median_ms=took,
    )
