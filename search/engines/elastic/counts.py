"""How many there are, in all and by each value of each facet: what is asked beside the hits."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from elasticsearch_dsl import Search

from search.engines.base import Ask
from search.engines.elastic import query

# More values than any vocabulary has; all are wanted, not the ten that are the default.
ALL_VALUES = 10_000
MATCHED = "_matched"


def counts(ask: Ask, *, floor: float) -> dict[str, Any]:
    """The question of ``query.hits`` without an order. Counts of a field do not heed its own filter."""
    found = Search().query(
        "bool",
        filter=[*([query.matching(ask, floor)] if ask.text else []), *query.place(ask)],
        must_not=query.never(ask),
    )
    body: dict[str, Any] = found.extra(size=0, track_total_hits=True).to_dict()
    filters = {
        name: query.filter_by(name, values, ask.today).to_dict()
        for name, values in ask.filters.items()
    }
    body["aggs"] = {
        name: _among([one for other, one in filters.items() if other != name], name, ask.today)
        for name in ask.facets
    }
    if filters:
        body["post_filter"] = {"bool": {"filter": list(filters.values())}}
    if ask.text and (filters or ask.besides):
        # Whether to ask for less is decided by what the words found, before the reader's filters.
        body["aggs"][MATCHED] = {"filter": query.enough(ask, floor).to_dict()}
    return body


def _among(others: Sequence[dict[str, Any]], name: str, today: date) -> dict[str, Any]:
    """Counts of one field over all that passes the other fields' filters."""
    if not others:
        return _of(name, today)
    return {"filter": {"bool": {"filter": list(others)}}, "aggs": {"of": _of(name, today)}}


@lru_cache(maxsize=64)
def _of(name: str, today: date) -> dict[str, Any]:
    if name == "trust":
        ranges = query.trust_ranges(today)
        return {"filters": {"filters": {state: one.to_dict() for state, one in ranges.items()}}}
    return {"terms": {"field": name, "size": ALL_VALUES}}


def matched(answer: Mapping[str, Any]) -> int:
    """How many the words found, before the reader's filters."""
    before: dict[str, int] | None = answer.get("aggregations", {}).get(MATCHED)
    return before["doc_count"] if before else int(answer["hits"]["total"]["value"])


def buckets(answer: Mapping[str, Any], name: str) -> dict[str, int]:
    """The counts of one field from an answer; empty ones are left out."""
    found = answer["aggregations"][name]
    listed = found.get("of", found)["buckets"]
    if isinstance(listed, dict):
        return {value: one["doc_count"] for value, one in listed.items() if one["doc_count"]}
    return {str(one["key"]): one["doc_count"] for one in listed}
