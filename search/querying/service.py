"""Finds: checks the request, asks the engine in charge or the one that stands in, makes the result."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, strip_tags
from django.utils.safestring import mark_safe

from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.cards import Card
from knowledge.catalog.selectors.categories import Category, categories
from search.engines.base import Answer, Ask, Engine, EngineFailed, EngineHit, Suggest
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticsearchEngine
from search.indexing import outbox
from search.querying import breaker, facets
from search.querying.access import visible_cards
from search.querying.errors import NoSuchPage
from search.querying.request import SearchRequest
from search.querying.result import Facet, Hit, Option, SearchResult
from search.querying.text import typed_words

log = logging.getLogger(__name__)
_T = TypeVar("_T")

SUGGESTIONS = 8
PASSAGES_ON_CARD = 2
_database = DatabaseEngine()
_elasticsearch = ElasticsearchEngine()


def find(request: SearchRequest, access: Access) -> SearchResult:
    """What ``access`` may see of what ``request`` asks for. The number of queries is fixed.

    Raises:
        BadFilter: a filter has an unknown value.
        NoSuchPage: the result has fewer pages.
    """
    started = time.perf_counter()
    among = categories(access)
    request = replace(request, filters=facets.validated(request.filters, access, among))
    names = _counted(request)
    if request.text.shown and not request.text:
        # Nothing in it is a word: there is nothing to find, and nothing to ask.
        answer, engine, degraded = Answer(0, (), {name: {} for name in names}), _in_charge(), False
    else:
        ask = _ask(request, access, among, names)
        answer, engine, degraded = _answered(lambda one: one.search(ask))
    hits = _hits(answer.hits, access)
    result = SearchResult(
        request=request,
        # What the check against the database took away is no result.
        count=max(answer.count - (len(answer.hits) - len(hits)), 0),
        hits=hits,
        facets=_facets(answer.facets, request, among),
        engine=engine.name,
        degraded=degraded,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )
    if request.page > result.pages:
        raise NoSuchPage
    return result


def suggest(typed: str, access: Access) -> list[Card]:
    """Cards of artifacts whose titles go with what was typed so far."""
    words = typed_words(typed)
    if not words:
        return []
    ask = Suggest(words=words, access=access, limit=SUGGESTIONS)
    ids, _engine, _degraded = _answered(lambda one: one.suggest(ask))
    found = visible_cards(ids, access)
    return [found[pk] for pk in ids if pk in found]


def _counted(request: SearchRequest) -> tuple[str, ...]:
    """The fields to count: not those that are the same for all hits of a browse page."""
    fixed = {*request.within, *(["category"] if request.under else [])}
    return tuple(name for name in facets.FIELDS if name not in fixed)


def _in_charge() -> Engine:
    return _elasticsearch if settings.SEARCH_ELASTICSEARCH_URL else _database


def _answered(question: Callable[[Engine], _T]) -> tuple[_T, Engine, bool]:
    """The answer, who gave it, and whether that was a stand-in."""
    engine = _in_charge()
    if engine is _database:
        return question(_database), _database, False
    # An index that lags would show what was changed, closed or moved meanwhile.
    if not outbox.is_lagging() and breaker.elasticsearch.may_ask():
        try:
            answer = question(engine)
        except EngineFailed as error:
            if error.is_away:
                breaker.elasticsearch.failed()
            log.warning("search.engine.failed: %s", error)
        else:
            breaker.elasticsearch.succeeded()
            return answer, engine, False
    return question(_database), _database, True


def _ask(
    request: SearchRequest, access: Access, among: Sequence[Category], names: tuple[str, ...]
) -> Ask:
    return Ask(
        text=request.text,
        access=access,
        today=timezone.localdate(),
        sort=request.order,
        offset=(request.page - 1) * request.per_page,
        limit=request.per_page,
        facets=names,
        filters=facets.to_internal(request.filters, among),
        within=facets.to_internal(request.within, among),
        under=request.under,
    )


def _hits(found: Sequence[EngineHit], access: Access) -> tuple[Hit, ...]:
    shown = visible_cards([hit.id for hit in found], access)
    return tuple(_hit(hit, shown[hit.id]) for hit in found if hit.id in shown)


def _hit(hit: EngineHit, card: Card) -> Hit:
    # Engines give escaped text with <mark> and nothing else (EngineHit).
    passages = tuple(mark_safe(passage) for passage in hit.passages)  # noqa: S308 - see above
    if not passages:
        return Hit(card, hit.score)
    line = escape(card.bottom_line)
    marked = next((one for one in passages if strip_tags(one) == line), "")
    others = tuple(one for one in passages if one is not marked)[:PASSAGES_ON_CARD]
    return Hit(replace(card, marked_line=marked, passages=others), hit.score, passages)


def _facets(
    counts: Mapping[str, Mapping[str, int]], request: SearchRequest, among: Sequence[Category]
) -> tuple[Facet, ...]:
    """Facets with labels, in the order of ``FIELDS``; one query for the names of terms."""
    wanted = {
        name: {*counted, *request.filters.get(name, ())}
        for name, counted in counts.items()
        if facets.FIELDS[name].model is not None
    }
    words = facets.vocabulary({name: slugs for name, slugs in wanted.items() if slugs})
    built = []
    for name, counted in counts.items():
        field = facets.FIELDS[name]
        chosen = request.filters.get(name, ())
        options = _options(field, counted, chosen, words.get(name, {}), among)
        built.append(Facet(name, str(field.label), options))
    return tuple(built)


def _options(
    field: facets.Field,
    counted: Mapping[str, int],
    chosen: Sequence[str],
    words: Mapping[str, facets.Word],
    among: Sequence[Category],
) -> tuple[Option, ...]:
    """Values that have results or are chosen: scales in their order, terms by how many they have."""
    if field.choices is not None:
        rows = [
            (value, str(label), counted.get(value, 0))
            for value, label in field.choices.items()
            # Translating a label that is not shown costs as much as one that is.
            if value in counted or value in chosen
        ]
    elif field.model is None:
        rows = [(one.slug, one.title, counted.get(one.path, 0)) for one in among]
    else:
        rows = [(slug, word.name, counted.get(slug, 0)) for slug, word in words.items()]
        rows.sort(key=lambda row: (-row[2], row[1].lower()))
    return tuple(
        Option(value, label, count, value in chosen)
        for value, label, count in rows
        if count or value in chosen
    )
