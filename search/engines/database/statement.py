"""Builds the one statement of a search.

Each row that matches carries how many of the reader's filters it fails, and which. Rows that fail
none are the result; a row that fails exactly one still counts for the facet of that field: that is
what a post-filter is. So hits, their number and all facets come from one reading of the matches.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from knowledge.catalog.selectors.categories import CATEGORY_PATH_CHARS
from knowledge.catalog.trust import STALE_AFTER_DAYS, TrustState
from search.engines import access
from search.engines.base import Ask
from search.engines.database.matching import Match
from search.language.text import typed_words

HIT, CODES, COUNT, MATCHED = 1, 2, 3, 4
ORDERS = {
    "relevance": "besides DESC, points DESC, page_id",
    "updated": "updated DESC NULLS LAST, page_id",
    "title": "title_key, page_id",
    "maturity": "maturity NULLS LAST, title_key, page_id",
}
# Below everything of its rank, but not out of reach.
SET_ASIDE = 0.2
VERIFIED = 1.06  # as in the query of Elasticsearch


def build(
    ask: Ask, match: Match | None, *, floor: float = 0.0, collate: str = ""
) -> tuple[str, list[Any]]:
    """SQL and parameters. Rows are (part, culprit, codes, number, points, place, coverage).

    ``number`` is the page of a hit or a count; ``culprit`` the only filter that a row fails, if any.
    ``floor``: the weight of terms that must be found.
    """
    rows, parameters = _matches(ask, match, floor)
    order = ORDERS[ask.sort].replace("title_key", f"title_key{collate}")
    parts = [
        f"SELECT {HIT} AS part, '' AS culprit, '' AS codes, page_id AS number, points,"  # noqa: S608 - constants and parameters
        f" place, coverage FROM (SELECT page_id, points, coverage, ROW_NUMBER() OVER (ORDER BY {order}) AS place"
        " FROM m WHERE failed = 0) ranked WHERE place > %s AND place <= %s",
        f"SELECT {COUNT}, '', '', COUNT(*), 0.0, 0, 0.0 FROM m WHERE failed = 0",  # noqa: S608 - constants
        f"SELECT {MATCHED}, '', '', COUNT(*), 0.0, 0, 0.0 FROM b WHERE coverage >= %s",  # noqa: S608 - constants
    ]
    parameters += [ask.offset, ask.offset + ask.limit, floor]
    if ask.facets:
        # Counting the words of a thousand rows here takes a quarter of the time of grouping as
        # many thousand facets in the database.
        codes = "codes || ' category:' || category || ' trust:' || trust"
        parts.append(f"SELECT {CODES}, culprit, {codes}, 0, 0.0, 0, 0.0 FROM m")  # noqa: S608 - constants
    return f"WITH {rows} {' UNION ALL '.join(parts)}", parameters


def _matches(ask: Ask, match: Match | None, floor: float) -> tuple[str, list[Any]]:
    """``m``: page_id, points, coverage, failed (0 or 1), culprit, category, trust, what is sorted by."""
    where, where_parameters = _conditions(ask, match)
    besides = f"e.page_id IN ({_marks(ask.besides)})" if ask.besides else "1 = 0"
    verdict = f"CASE WHEN {besides} THEN 1 ELSE 0 END"
    columns = (
        f"found AS (SELECT e.page_id, e.title_key, e.codes, {match.rank if match else '0.0'} AS rank,"  # noqa: S608 - constants and parameters
        f" {match.coverage if match else '0.0'} AS coverage, {verdict} AS besides,"
        f" substr(p.path, 1, {CATEGORY_PATH_CHARS}) AS category, {_TRUST} AS trust,"
        " p.last_published_at AS updated, a.maturity AS maturity"
        " FROM search_searchentry e"
        " JOIN wagtailcore_page p ON p.id = e.page_id"
        " JOIN catalog_artifact a ON a.page_ptr_id = e.page_id"
        f" {match.source if match else ''} WHERE {where})"
    )
    parameters = [
        *(match.coverage_parameters if match else ()),
        *ask.besides,
        ask.today,
        ask.today - timedelta(days=STALE_AFTER_DAYS),
        *(match.source_parameters if match else ()),
        *where_parameters,
    ]
    points, point_parameters = _points(ask, match)
    scored = (
        f"b AS (SELECT found.*, {points} AS points FROM found WHERE besides = 1 OR coverage >= %s)"  # noqa: S608 - constants and parameters
    )
    fails, culprit, filter_parameters = _failures(ask)
    filtered = (
        f"x AS (SELECT b.*, {fails} AS failed, {culprit} AS culprit FROM b),"  # noqa: S608 - constants and parameters
        " m AS (SELECT * FROM x WHERE failed < 2)"
    )
    return (
        f"{columns}, {scored}, {filtered}",
        [*parameters, *point_parameters, floor, *filter_parameters],
    )


_TRUST = (
    f"CASE WHEN a.archived_at IS NOT NULL THEN '{TrustState.ARCHIVED.value}'"
    f" WHEN a.superseded_by_id IS NOT NULL THEN '{TrustState.SUPERSEDED.value}'"
    " WHEN a.last_reviewed IS NULL OR a.next_review IS NULL"
    f" THEN '{TrustState.UNVERIFIED.value}'"
    f" WHEN a.next_review > %s THEN '{TrustState.VERIFIED.value}'"
    f" WHEN a.next_review >= %s THEN '{TrustState.DUE.value}'"
    f" ELSE '{TrustState.STALE.value}' END"
)


def _points(ask: Ask, match: Match | None) -> tuple[str, list[Any]]:
    if match is None or ask.sort != "relevance":
        return "0.0", []
    typed = " " + " ".join(typed_words(ask.text.meant))
    starts = (
        "CASE WHEN title_key = %s THEN 3.0 WHEN substr(title_key, 1, %s) = %s THEN 1.0 ELSE 0.0 END"
    )
    standing = (
        f"CASE WHEN trust IN ('{TrustState.ARCHIVED.value}', '{TrustState.SUPERSEDED.value}')"
        f" THEN {SET_ASIDE} WHEN trust = '{TrustState.VERIFIED.value}' THEN {VERIFIED} ELSE 1.0 END"
    )
    # Neither rank knows how rare a word is among all that was asked; the coverage does.
    covered = "(coverage / %s) * (coverage / %s)"
    weight = ask.text.weight
    # The best rank of a query differs by engine and corpus: the boost multiplies.
    return (
        f"rank * {covered} * (1.0 + {starts}) * {standing}",
        [weight, weight, typed, len(typed), typed],
    )


def _conditions(ask: Ask, match: Match | None) -> tuple[str, list[Any]]:
    open_to, parameters = access.sql_clause(ask.access, "p.path")
    parts = ["p.live", open_to]
    if ask.under:
        parts.append("substr(p.path, 1, %s) = %s")
        parameters += [len(ask.under), ask.under]
    for name, values in ask.within.items():
        if name == "category":
            parts.append(f"substr(p.path, 1, {CATEGORY_PATH_CHARS}) IN ({_marks(values)})")
        else:
            parts.append(_has(name, values, "e.page_id"))
        parameters += values
    if match:
        found = match.condition
        if ask.besides:
            found = f"({found} OR e.page_id IN ({_marks(ask.besides)}))"
            parameters += ask.besides
        parts.append(f"{found}{match.excluded}")
        parameters += match.excluded_parameters
    return " AND ".join(parts), parameters


def _failures(ask: Ask) -> tuple[str, str, list[Any]]:
    """How many filters a row of ``b`` fails, and one that it fails."""
    if not ask.filters:
        return "0", "''", []
    tests: list[tuple[str, str]] = []
    parameters: list[Any] = []
    for name, values in ask.filters.items():
        passes = (
            f"{name} IN ({_marks(values)})"
            if name in ("category", "trust")
            else _has(name, values, "b.page_id")
        )
        tests.append((name, passes))
        parameters += values
    fails = " + ".join(f"CASE WHEN {passes} THEN 0 ELSE 1 END" for _name, passes in tests)
    culprit = " ".join(f"WHEN NOT ({passes}) THEN '{name}'" for name, passes in tests)
    return fails, f"CASE {culprit} ELSE '' END", parameters * 2


def _has(name: str, values: Sequence[str], column: str) -> str:
    return (
        f"{column} IN (SELECT page_id FROM search_searchfacet"  # noqa: S608 - constants and parameters
        f" WHERE field = '{name}' AND value IN ({_marks(values)}))"
    )


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
