"""What is asked of Elasticsearch, as elasticsearch-dsl objects.

No query-string syntax: what was typed is only ever the text of a ``match``-like query. The access
clause is inside the query, so that hits, counts and facets all start from what the reader may see.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from elasticsearch_dsl import Q, Search
from elasticsearch_dsl.query import Query

from knowledge.catalog.kinds import Kind
from knowledge.catalog.permissions import Access
from knowledge.catalog.trust import STALE_AFTER_DAYS, TrustState
from search.engines import access
from search.engines.base import Ask, Suggest
from search.language.text import Form, Term, Text, typed_words
from search.language.words import stem

# The same order of weight as the database engine's.
FIELDS = ("title^8", "bottom_line^3", "headings^3", "terms^2", "body^1", "spellings^1")
EXACT_FIELDS = ("title.exact^4", "bottom_line.exact", "headings.exact", "terms.exact", "body.exact")
SORTS: dict[str, list[Any]] = {
    "updated": [{"last_published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "title": [{"title_key": "asc"}, {"id": "asc"}],
    "maturity": [
        {"maturity.level": {"order": "asc", "missing": "_last"}},
        {"title_key": "asc"},
        {"id": "asc"},
    ],
}
COVERAGE = "_coverage"
# Far above every score by words, and small enough that these keep four digits beside it.
BESIDES = 1000.0
SET_ASIDE = 0.2
# Said in the words of an editor's synonym it counts a little less than in the reader's own.
OTHER_WORDS = 0.85
BEGUN = 3.0
# Mild: what is promised to hold comes first among equals, and never buries a better answer.
VERIFIED = 1.06
NEAREST = 40
OF_A_PAGE = 3  # passages
# Columns: to read them from the document, all of it is unpacked.
PLACES = ["passages.start", "passages.end"]
LOOKED_AT = 200
JOINED_LOOKED_AT = 50
# Weighing every form of every word in every field costs most of a search: it is done for so many of
# those that have most of the question, and most of it in their titles.
WEIGHED = 300
ROUGH_TITLE = 4.0


def hits(ask: Ask, *, floor: float) -> Search:
    """The hits of one page; ``search.engines.elastic.counts`` asks for the rest.

    Apart, because what is counted needs no score, and Elasticsearch keeps the answer until the index
    changes. ``floor``: the weight of terms that must be found (``search.engines.floors``).
    """
    filters = [filter_by(name, values, ask.today) for name, values in ask.filters.items()]
    query = Q(
        "bool",
        must=[_with_besides(ask, _roughly(ask, floor)) if ask.text else Q("match_all")],
        must_not=never(ask),
        filter=[*place(ask), *filters],
    )
    found = _ids(Search().query(query))[ask.offset : ask.offset + ask.limit]
    if ask.sort in SORTS:
        return found.sort(*SORTS[ask.sort]).extra(track_scores=True, track_total_hits=False)
    if ask.text:
        # Not counting, Elasticsearch would skip what cannot come first, which costs more than it saves.
        return found.extra(rescore=_weighed(ask), track_total_hits=True)
    return found.sort({"id": "asc"}).extra(track_scores=True, track_total_hits=False)


def near(vector: Sequence[float], ask: Ask, *, at_least: float) -> dict[str, Any]:
    """The body of a request; elasticsearch-dsl knows no nested inner hits of kNN."""
    seen = Q("bool", must_not=_closed(ask.access), filter=[*place(ask), _in_force()])
    return {
        "knn": {
            "field": "passages.vector",
            "query_vector": list(vector),
            "k": NEAREST,
            "num_candidates": LOOKED_AT,
            "similarity": at_least,
            # Inside: what may not be seen takes no place among the nearest.
            "filter": seen.to_dict(),
            "inner_hits": {"size": OF_A_PAGE, "_source": False, "docvalue_fields": PLACES},
        },
        "size": NEAREST,
        "_source": False,
    }


def suggest(ask: Suggest) -> Search:
    """Titles that start with the words, then titles that have them, then questions of a FAQ."""
    typed = " ".join(ask.words)
    query = Q(
        "bool",
        must=[Q("match", **{"title.begins": {"query": typed, "operator": "and"}})],
        should=[
            Q("constant_score", filter=~Q("term", kind=Kind.FAQ.value), boost=1000),
            Q("constant_score", filter=Q("prefix", title_key=typed), boost=100),
            Q("constant_score", filter=_in_force(), boost=10),
            Q("match", **{"title.exact": {"query": typed}}),
        ],
        must_not=_closed(ask.access),
    )
    found = _ids(Search().query(query).sort("_score", {"id": "asc"}))[: ask.limit]
    return found.extra(track_total_hits=False)


def suggest_joined(ask: Suggest) -> Search:
    """What has words that are written in one elsewhere and begin so; the titles are to be looked at."""
    # It is kept without its ending, of which there may be a part in what was typed.
    begun = [Q("prefix", spellings=word) for word in {ask.joined, stem(ask.joined)}]
    first = Q("constant_score", filter=_in_force(), boost=10)
    wanted = Q(
        "bool", filter=[Q("bool", should=begun)], should=[first], must_not=_closed(ask.access)
    )
    found = _ids(Search().query(wanted).sort("_score", {"id": "asc"}))[:JOINED_LOOKED_AT]
    return found.extra(docvalue_fields=["id", "title_key"], track_total_hits=False)


def _ids(found: Search) -> Search:
    """Nothing but ``id``, from its column: to read ``_id`` the whole document is unpacked."""
    return found.source(False).extra(stored_fields="_none_", docvalue_fields=["id"])


@lru_cache(maxsize=4)
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


def _with_besides(ask: Ask, by_words: Query) -> Query:
    if not ask.besides:
        return by_words
    besides = Q("constant_score", filter=Q("terms", id=list(ask.besides)), boost=BESIDES)
    return Q("bool", should=[by_words, besides], minimum_should_match=1)


def matching(ask: Ask, floor: float) -> Query:
    """What answers enough of the question, or belongs to the result anyway; without an order."""
    return _with_besides(ask, enough(ask, floor))


def all_needed(ask: Ask, floor: float) -> bool:
    """Whether what is found by words has all terms."""
    return len(_needed(ask, floor)) == len(ask.text.wanted)


def _needed(ask: Ask, floor: float) -> list[Term]:
    """Without one of these too little is left."""
    terms = ask.text.wanted
    return [term for term in terms if ask.text.weight - term.weight < floor]


def enough(ask: Ask, floor: float, **name: str) -> Query:
    """What has so much of the question, by weight of its terms, in its words."""
    needed = _needed(ask, floor)
    # Where a term cannot be missed, the rare ones lead and the frequent ones are not walked through.
    must = [_has(term) for term in needed]
    should = [_has(term) for term in ask.text.wanted if term not in needed]
    if not should:
        return Q("bool", must=must, **name)
    query = Q("bool", must=must, should=should)
    return Q("function_score", query=query, min_score=max(floor, 0.0), **name)


def _roughly(ask: Ask, floor: float) -> Query:
    """What answers enough of the question, in an order that is cheap to make."""
    # The name makes Elasticsearch say how much each hit has: not asked where all have all.
    name = {"_name": COVERAGE} if ask.besides or not all_needed(ask, floor) else {}
    found = enough(ask, floor, **name)
    titles = Q("match", title={"query": ask.text.words, "boost": ROUGH_TITLE})
    order = [titles, Q("match", all=ask.text.words)]
    if all_needed(ask, floor):
        return Q("bool", filter=[found], should=order)
    return Q("bool", must=[found], should=order)


def _weighed(ask: Ask) -> dict[str, Any]:
    whole = " ".join(typed_words(ask.text.meant))
    bonus = [
        *_exactly(ask.text),
        Q("match_phrase", title={"query": ask.text.words, "boost": 10}),
        Q("constant_score", filter=Q("prefix", title_key=whole), boost=10),
        Q("constant_score", filter=Q("term", title_key=whole), boost=30),
    ]
    both = Q("bool", should=[*map(_scored, ask.text.wanted), *bonus])
    promised = Q("function_score", query=both, functions=[_verified(ask.today)])
    query = _with_besides(ask, _retired_last(promised))
    # The rough score counts for nothing where there is a better one.
    weights = {"query_weight": 0, "rescore_query_weight": 1, "score_mode": "total"}
    return {"window_size": WEIGHED, "query": {"rescore_query": query.to_dict(), **weights}}


def _exactly(text: Text) -> list[Query]:
    """A bonus for the words as they were typed. Those of a phrase say something only together."""
    phrases = [term.text for term in text.wanted if term.phrase]
    words = " ".join(term.text for term in text.wanted if not term.phrase)
    matches = [(words, "or")] if words else []
    matches += [(phrase, "and") for phrase in phrases]
    how = {"fields": list(EXACT_FIELDS), "type": "most_fields"}
    return [Q("multi_match", query=said, operator=which, **how) for said, which in matches]


def _retired_last(query: Query) -> Query:
    return Q("boosting", positive=query, negative=_set_aside(), negative_boost=SET_ASIDE)


def _has(term: Term) -> Query:
    """Counts a term once, with its weight, in whichever form it is there."""
    forms = [_there(form) for form in term.forms]
    return Q("constant_score", filter=Q("bool", should=forms), boost=term.weight)


def _there(form: Form) -> Query:
    if form.begins:
        return Q("match", **{"title.begins": {"query": form.text, "operator": "and"}})
    if form.phrase:
        return Q("match_phrase", all=form.text)
    return Q("match", all={"query": form.text, "operator": "and"})


def _scored(term: Term) -> Query:
    """The best of its forms scores."""
    own = Form(term.text, term.phrase)
    forms = [_form(form, 1.0 if form == own else OTHER_WORDS) for form in term.forms]
    return forms[0] if len(forms) == 1 else Q("dis_max", queries=forms)


def _form(form: Form, boost: float) -> Query:
    fields = list(FIELDS)
    if form.begins:
        return Q("constant_score", filter=_there(form), boost=BEGUN)
    if form.phrase:
        return Q("multi_match", query=form.text, fields=fields, type="phrase", boost=boost)
    return Q("combined_fields", query=form.text, fields=fields, operator="and", boost=boost)


def _verified(today: date) -> dict[str, Any]:
    return {"filter": trust_ranges(today)[TrustState.VERIFIED.value].to_dict(), "weight": VERIFIED}


def never(ask: Ask) -> list[Query]:
    return [*_excluded(ask), *_closed(ask.access)]


def _closed(access_of_reader: Access) -> list[Query]:
    return list(map(Q, access.elasticsearch_clause(access_of_reader)))


def place(ask: Ask) -> list[Query]:
    return [*_within(ask), *([Q("term", ancestors=ask.under)] if ask.under else [])]


def _in_force() -> Query:
    return Q("bool", filter=[Q("term", superseded=False), Q("term", archived=False)])


def _set_aside() -> Query:
    return Q("bool", should=[Q("term", superseded=True), Q("term", archived=True)])


def _excluded(ask: Ask) -> list[Query]:
    plain = [name.partition("^")[0] for name in FIELDS]
    return [
        Q("multi_match", query=term.text, fields=plain, type="phrase") for term in ask.text.excluded
    ]


def _within(ask: Ask) -> list[Query]:
    return [filter_by(name, values, ask.today) for name, values in ask.within.items()]


def filter_by(name: str, values: Iterable[str], today: date) -> Query:
    if name != "trust":
        return Q("terms", **{name: list(values)})
    ranges = trust_ranges(today)
    return Q("bool", should=[ranges[value] for value in values], minimum_should_match=1)
