"""What was searched for, by words."""

from typing import Any

from django.db.models import Avg, Count, F, Max, Q, QuerySet

from knowledge.catalog.permissions import Access
from search.insight.models import LoggedSearch

SLOW_MS = 500

NOTHING = Q(results=0)
NO_CLICK = Q(results__gt=0, clicks=0)
REFINED = Q(refinements__gt=0)
REWORDED = Q(reworded=True)
SLOW = Q(took_ms__gte=SLOW_MS)
DEGRADED = Q(degraded=True)
# Rows of values; the checker of types cannot follow counts whose names come from a table.
Rows = QuerySet[LoggedSearch, Any]
# What the report counts, by the name of its column.
COUNTED = {
    "nothing": NOTHING,
    "no_click": NO_CLICK,
    "refined": REFINED,
    "reworded": REWORDED,
    "slow": SLOW,
    "degraded": DEGRADED,
}


def known_to(access: Access) -> QuerySet[LoggedSearch]:
    """The searches that a person may know of.

    What somebody asked who sees closed sections, and how much was found, may speak of them. So it
    is for those only to whom nothing is closed; all others are told of what the public asked.
    """
    searches = LoggedSearch.objects.all()
    return searches.filter(restricted=False) if access.closed_paths else searches


def by_words(searches: QuerySet[LoggedSearch]) -> Rows:
    """One row for each query: how often it was asked, and how often each thing happened."""
    return (
        searches.order_by()
        .values("text")
        .annotate(
            searches=Count("pk"),
            found=Max("results"),
            first_click=Avg("first_position"),
            slowest_ms=Max("took_ms"),
            last=Max("at"),
            **{name: Count("pk", filter=condition) for name, condition in COUNTED.items()},
        )
    )


def with_any(rows: Rows, counted: str) -> Rows:
    """Those of the rows in which this happened at least once."""
    return rows.filter(**{f"{counted}__gt": 0})


def totals(searches: QuerySet[LoggedSearch]) -> dict[str, int]:
    """The same counts over all of the searches. One query."""
    return searches.order_by().aggregate(
        searches=Count("pk"),
        **{name: Count("pk", filter=condition) for name, condition in COUNTED.items()},
    )


def unanswered(searches: QuerySet[LoggedSearch], limit: int) -> Rows:
    """Queries that still find nothing, or whose results nobody opens; the most asked first.

    One that found something the last time has been answered since. A single search without a
    click says little: somebody may have read the answer off the page of results.
    """
    rows: Any = by_words(searches).annotate(
        last_nothing=Max("at", filter=NOTHING), last_found=Max("at", filter=~NOTHING)
    )
    lacking = Q(nothing__gt=0) & (Q(last_found__isnull=True) | Q(last_nothing__gt=F("last_found")))
    ignored = Q(no_click__gt=1, no_click=F("searches"))
    return rows.filter(lacking | ignored).order_by("-nothing", "-no_click", "text")[:limit]
