"""What is asked of Elasticsearch, as elasticsearch-dsl objects.

No query-string syntax: what was typed is only ever the text of a ``match``-like query. The access
clause is inside the query, so that hits, counts and facets all start from what the reader may see.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from knowledge.catalog.trust import STALE_AFTER_DAYS, TrustState
from search.engines.base import Ask, Suggest
from search.querying import access
from search.querying.text import Term, typed_words

# The same order of weight as the database engine's.
FIELDS = ("title^8", "bottom_line^3", "headings^3", "terms^2", "body^1")
EXACT_FIELDS = ("title.exact^4", "bottom_line.exact", "headings.exact", "terms.exact", "body.exact")
# More values than any vocabulary has; all are wanted, not the ten that are the default.
ALL_VALUES = 10_000
SORTS: dict[str, list[Any]] = {
    "relevance": ["_score", {"id": "asc"}],
    "updated": [{"last_published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "title": [{"title_key": "asc"}, {"id": "asc"}],
    "maturity": [
        {"maturity.level": {"order": "asc", "missing": "_last"}},
        {"title_key": "asc"},
        {"id": "asc"},
    ],
}
PASSAGE_CHARS = 180
MATCHED = "_matched"
SET_ASIDE = 0.2


def search(ask: Ask, *, any_word: bool) -> Search:
    text = _text(ask, any_word=any_word) if ask.text else Q("match_all")
    query = Q(
        "bool",
        must=[text],
        must_not=[*_excluded(ask), *map(Q, access.elasticsearch_clause(ask.access))],
        filter=[*_within(ask), *([Q("term", ancestors=ask.under)] if ask.under else [])],
    )
    found = (
        Search()
        .query(query)
        .sort(*SORTS[ask.sort])
        .source(False)
        .extra(track_total_hits=True, track_scores=True)[ask.offset : ask.offset + ask.limit]
    )
    filters = {name: _filter(name, values, ask.today) for name, values in ask.filters.items()}
    if filters:
        found = found.post_filter(Q("bool", filter=list(filters.values())))
    for name in ask.facets:
        others = [one for other, one in filters.items() if other != name]
        _count(found, name, others, ask.today)
    if filters:
        # The total is that after the filters; whether to fall back to any word is asked before.
        found.aggs.bucket(MATCHED, A("filter", Q("match_all")))
    return _highlighted(found) if ask.text else found


def suggest(ask: Suggest) -> Search:
    """Titles that start with the words first, then titles that have them anywhere."""
    typed = " ".join(ask.words)
    query = Q(
        "bool",
        must=[Q("match", **{"title.begins": {"query": typed, "operator": "and"}})],
        should=[
            Q("constant_score", filter=Q("prefix", title_key=typed), boost=100),
            Q("constant_score", filter=_in_force(), boost=10),
            Q("match", **{"title.exact": {"query": typed}}),
        ],
        must_not=list(map(Q, access.elasticsearch_clause(ask.access))),
    )
    return Search().query(query).sort("_score", {"id": "asc"}).source(False)[: ask.limit]


def trust_ranges(today: date) -> dict[str, Query]:
    """The rule of ``knowledge.catalog.trust`` as queries: the states depend on the day."""
    stale_from = today - timedelta(days=STALE_AFTER_DAYS)
    maintained = {"superseded": False, "archived": False}
    reviewed = [Q("exists", field="last_reviewed"), Q("exists", field="next_review")]

    def maintained_and(*more: Query, must_not: Sequence[Query] = ()) -> Query:
        terms = [Q("term", **{name: value}) for name, value in maintained.items()]
        return Q("bool", filter=[*terms, *more], must_not=list(must_not))

    def due(**limits: date) -> Query:
        dates = {name: day.isoformat() for name, day in limits.items()}
        return Q("range", next_review=dates)

    return {
        TrustState.VERIFIED.value: maintained_and(*reviewed, due(gt=today)),
        TrustState.DUE.value: maintained_and(*reviewed, due(gte=stale_from, lte=today)),
        TrustState.STALE.value: maintained_and(*reviewed, due(lt=stale_from)),
        TrustState.UNVERIFIED.value: maintained_and(
            Q("bool", must_not=[Q("bool", filter=reviewed)])
        ),
        TrustState.SUPERSEDED.value: Q(
            "bool", filter=[Q("term", superseded=True), Q("term", archived=False)]
        ),
        TrustState.ARCHIVED.value: Q("term", archived=True),
    }


def _text(ask: Ask, *, any_word: bool) -> Query:
    words = " ".join(term.text for term in ask.text.wanted if not term.phrase)
    phrases = [term for term in ask.text.wanted if term.phrase]
    parts = [_phrase(term) for term in phrases]
    if words:
        operator = "or" if any_word else "and"
        parts.append(Q("combined_fields", query=words, fields=list(FIELDS), operator=operator))
    whole = " ".join(typed_words(ask.text.shown))
    bonus = [
        Q("multi_match", query=ask.text.words, fields=list(EXACT_FIELDS), type="most_fields"),
        Q("match_phrase", title={"query": ask.text.words, "boost": 10}),
        Q("constant_score", filter=Q("prefix", title_key=whole), boost=10),
        Q("constant_score", filter=Q("term", title_key=whole), boost=30),
    ]
    both = Q(
        "bool",
        must=[] if any_word else parts,
        should=[*(parts if any_word else []), *bonus],
        minimum_should_match=1 if any_word else 0,
    )
    return Q("boosting", positive=both, negative=_set_aside(), negative_boost=SET_ASIDE)


def _in_force() -> Query:
    return Q("bool", filter=[Q("term", superseded=False), Q("term", archived=False)])


def _set_aside() -> Query:
    return Q("bool", should=[Q("term", superseded=True), Q("term", archived=True)])


def _phrase(term: Term) -> Query:
    return Q("multi_match", query=term.text, fields=list(FIELDS), type="phrase")


def _excluded(ask: Ask) -> list[Query]:
    plain = [name.partition("^")[0] for name in FIELDS]
    return [
        Q("multi_match", query=term.text, fields=plain, type="phrase") for term in ask.text.excluded
    ]


def _within(ask: Ask) -> list[Query]:
    return [_filter(name, values, ask.today) for name, values in ask.within.items()]


def _filter(name: str, values: Iterable[str], today: date) -> Query:
    if name != "trust":
        return Q("terms", **{name: list(values)})
    ranges = trust_ranges(today)
    return Q("bool", should=[ranges[value] for value in values], minimum_should_match=1)


def _count(found: Search, name: str, others: Sequence[Query], today: date) -> None:
    """Counts of one field over all that passes the other fields' filters."""
    counts: Any
    if name == "trust":
        counts = A("filters", filters=trust_ranges(today))
    else:
        counts = A("terms", field=name, size=ALL_VALUES)
    if others:
        found.aggs.bucket(name, A("filter", Q("bool", filter=list(others)))).bucket("of", counts)
    else:
        found.aggs.bucket(name, counts)


def _highlighted(found: Search) -> Search:
    # The body holds the headings too; each field more costs a look at every hit.
    return found.highlight_options(
        encoder="html",
        pre_tags=["<mark>"],
        post_tags=["</mark>"],
        fragment_size=PASSAGE_CHARS,
        number_of_fragments=1,
        order="score",
        max_analyzed_offset=100_000,
    ).highlight("body", "bottom_line", "terms")


def buckets(aggregations: Mapping[str, Any], name: str) -> dict[str, int]:
    """The counts of one field from an answer; empty ones are left out."""
    found = aggregations[name]
    listed = found.get("of", found)["buckets"]
    if isinstance(listed, dict):
        return {value: one["doc_count"] for value, one in listed.items() if one["doc_count"]}
    return {str(one["key"]): one["doc_count"] for one in listed}
