"""The only place that changes the log: rows come, and after their days they go."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import DataError, IntegrityError, transaction

from search.insight.models import LoggedSearch

log = logging.getLogger(__name__)
DELETE_BATCH = 2000
# What stays as it was when the search was first seen.
_FIXED = ("id", "at")
_CHANGING = [field.name for field in LoggedSearch._meta.fields if field.name not in _FIXED]


def write(rows: Iterable[dict[str, Any]]) -> int:
    """Write each search as its last row says; how many. The same rows again change nothing.

    Raises:
        OperationalError: the database is away or busy; nothing was written.
    """
    latest = {row["id"]: row for row in rows}
    searches = [_search(row) for row in latest.values()]
    try:
        _put(searches)
    except (DataError, IntegrityError):
        # One bad row must not hold up all that come after it.
        return sum(_put_alone(one) for one in searches)
    return len(searches)


def forget(*, older_than_days: int, now: datetime) -> int:
    """Delete what has been kept long enough, in small batches; how many. Twice is harmless."""
    end, gone = now - timedelta(days=older_than_days), 0
    old = LoggedSearch.objects.filter(at__lt=end).order_by("at")
    while ids := list(old.values_list("pk", flat=True)[:DELETE_BATCH]):
        gone += LoggedSearch.objects.filter(pk__in=ids).delete()[0]
    return gone


def _search(row: dict[str, Any]) -> LoggedSearch:
    return LoggedSearch(**{**row, "at": datetime.fromisoformat(row["at"])})


def _put(searches: list[LoggedSearch]) -> None:
    with transaction.atomic():
        LoggedSearch.objects.bulk_create(
            searches, update_conflicts=True, unique_fields=["id"], update_fields=_CHANGING
        )


def _put_alone(search: LoggedSearch) -> int:
    try:
        _put([search])
    except (DataError, IntegrityError) as error:
        log.warning("search.log.refused: %s", type(error).__name__)
        return 0
    return 1
