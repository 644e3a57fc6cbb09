"""Finds: checks the request, asks the engine in charge or the one that stands in, makes the result."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags

from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.cards import Card
from knowledge.catalog.selectors.categories import Category, categories
from knowledge.catalog.services import freshness
from search.engines.base import Answer, Ask, Engine, EngineFailed, EngineHit, Near, Suggest
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticsearchEngine
from search.indexing import outbox
from search.language import bets
from search.language.text import Form, Term, Text, typed_words
from search.language.understanding import understand
from search.language.words import cut, stem
from search.meaning import asking
from search.querying import breaker, facets, fusing, passages
from search.querying.access import visible_cards
from search.querying.errors import NoSuchPage
from search.querying.passages import Shown
from search.querying.request import SearchRequest
from search.querying.result import Facet, Hit, Option, SearchResult

log = logging.getLogger(__name__)
_T = TypeVar("_T")

SUGGESTIONS = 8
# So many of the best are put in order by words and meaning together; beyond, the words decide.
WINDOW = 100
# Where only the words speak, there is less to put in order; every further hit costs.
WINDOW_OF_WORDS = 50
_database = DatabaseEngine()
_elasticsearch = ElasticsearchEngine()


@dataclass(frozen=True, slots=True)
class Trial:
    """Words to use in place of those in force: synonyms by what was typed, artifacts to put first."""

    synonyms: Mapping[tuple[str, ...], tuple[str, ...]]
    first: Sequence[int] = ()


@freshness.one_look()
def find(request: SearchRequest, access: Access, *, trial: Trial | None = None) -> SearchResult:
    """What ``access`` may see of what ``request`` asks for. The number of queries is fixed.

    Raises:
        BadFilter: a filter has an unknown value.
        NoSuchPage: the result has fewer pages.
    """
    started = time.perf_counter()
    among = categories(access)
    text = understand(request.text, table=trial.synonyms if trial else None)
    filters = facets.validated(request.filters, access, among)
    request = replace(request, text=text, filters=filters)
    names = _counted(request)
    if text.shown and not text:
        # Nothing in it is a word: there is nothing to find, and nothing to ask.
        found, engine, degraded = (
            _Found(Answer(0, (), {name: {} for name in names})),
            _in_charge(),
            False,
        )
    else:
        ask = _ask(request, access, among, names)
        vector = _vector(text)
        first = [*(trial.first if trial else ()), *bets.bets_for(text.shown)]
        found, engine, degraded = _answered(lambda one: _search(one, ask, vector, first))
    answer = found.answer
    hits = _hits(answer.hits, access, text, found.near)
    result = SearchResult(
        request=request,
        # What the check against the database took away is no result.
        count=max(answer.count - (len(answer.hits) - len(hits)), 0),
        hits=hits,
        facets=_facets(answer.facets, request, among),
        engine=engine.name,
        degraded=degraded,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        did_you_mean=_healed(text, hits),
    )
    if request.page > result.pages:
        raise NoSuchPage
    return result


@dataclass(frozen=True, slots=True)
class _Found:
    answer: Answer
    near: dict[int, Near] = field(default_factory=dict)


def _vector(text: Text) -> Sequence[float] | None:
    # Who quotes or excludes wants these very words.
    exact = text.excluded or any(term.phrase for term in text.spoken)
    return asking.vector_of(*text.sayings) if text and not exact else None


def _search(
    engine: Engine, ask: Ask, vector: Sequence[float] | None, first: Sequence[int]
) -> _Found:
    """Words and meaning, asked of one engine and put in one order."""
    if not ask.text:
        return _Found(engine.search(ask))
    meant = _near(engine, ask, vector)
    ask = replace(ask, least=fusing.least_by_words(meant))
    near = {one.page_id: one for one in meant}
    spoken_of = bool(near) and _is_spoken_of(engine, ask)
    alone = [
        pk for pk, one in near.items() if fusing.is_enough(one, ask.text, is_spoken_of=spoken_of)
    ]
    ask = replace(ask, besides=tuple(dict.fromkeys([*first, *alone])))
    window = WINDOW if near else WINDOW_OF_WORDS
    if ask.sort != "relevance" or ask.offset >= window:
        return _Found(engine.search(ask), near)
    answer = engine.search(replace(ask, offset=0, limit=window))
    ordered = fusing.fused(answer.hits, near, first)[ask.offset : ask.offset + ask.limit]
    return _Found(replace(answer, hits=tuple(ordered)), near)


def _is_spoken_of(engine: Engine, ask: Ask) -> bool:
    """Whether a single word stands somewhere in the reader's view; for several it does not matter.

    The word itself, in one or in two: no other word for it, no guess at it and none that begins so. Asked
    of the engine, because the words of the library are also those of its closed pages.
    """
    if len(ask.text.wanted) != 1 or ask.text.healed or ask.text.synonyms:
        # What editors have explained is more than a sound anyway.
        return False
    (term,) = ask.text.wanted
    spelled = (one for one in term.others if not one.begins and _joined(one) == _joined(term))
    text = replace(ask.text, wanted=(replace(term, others=tuple(spelled)),))
    anywhere = Ask(text, ask.access, ask.today, sort="relevance", offset=0, limit=1, facets=())
    return engine.search(anywhere).count > 0


def _joined(said: Term | Form) -> str:
    return said.text.replace(" ", "")


def _near(engine: Engine, ask: Ask, vector: Sequence[float] | None) -> list[Near]:
    if vector is None:
        return []
    try:
        return engine.near(vector, ask, at_least=fusing.UNRELATED) or []
    except EngineFailed as error:
        if error.is_away:
            raise
        # An index without vectors still knows the words.
        log.warning("search.near.failed: %s", error)
        return []


def _healed(text: Text, hits: Sequence[Hit]) -> str | None:
    """The question as it was understood, when a word of it had to be mended.

    A word that no artifact in view has is not named: it may be one of a closed section. Where one has the
    word as it was typed, nothing had to be mended.
    """
    if not text.healed:
        return None
    seen = {stem(word) for hit in hits for word in cut(_in_view(hit))}
    mended = (pair for pair in text.healed if stem(pair[1]) in seen and stem(pair[0]) not in seen)
    told = replace(text, healed=tuple(mended))
    return told.meant if told.healed else None


def _in_view(hit: Hit) -> str:
    return " ".join([hit.card.title, hit.card.bottom_line, *map(strip_tags, hit.passages)])


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


def _hits(
    found: Sequence[EngineHit], access: Access, text: Text, near: dict[int, Near]
) -> tuple[Hit, ...]:
    cards = visible_cards([hit.id for hit in found], access)
    shown = passages.shown(cards, text, near)
    return tuple(_hit(hit, cards[hit.id], shown.get(hit.id)) for hit in found if hit.id in cards)


def _hit(hit: EngineHit, card: Card, shown: Shown | None) -> Hit:
    if shown is None:
        return Hit(card, round(hit.score, 4))
    passage = shown.passage
    card = replace(
        card,
        marked_line=shown.line,
        passages=(passage.html,) if passage.html else (),
        section_url=f"{card.url}#{passage.anchor}" if passage.anchor else "",
        section=passage.heading,
    )
    return Hit(
        card, round(hit.score, 4), tuple(html for html in (shown.line, passage.html) if html)
    )


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
        built.append(Facet(name, facets.label_of(name), options))
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
        labels = facets.labels_of(field.name)
        rows = [(value, label, counted.get(value, 0)) for value, label in labels.items()]
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
