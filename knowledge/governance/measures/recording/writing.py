"""The only place that changes the counts: added to, and after their days folded into months."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from knowledge.catalog.models import Artifact
from knowledge.governance.measures.models import Usage

BATCH = 500
# Adding is done by the database: two processes that count the same page lose nothing.
_ADD = (
    "INSERT INTO governance_measures_usage (page_id, day, what, count) VALUES {rows}"
    " ON CONFLICT (page_id, day, what)"
    " DO UPDATE SET count = governance_measures_usage.count + excluded.count"
)


@transaction.atomic
def add(counts: Mapping[tuple[int, date, str], int]) -> None:
    """All of it or nothing. Counts of pages that are gone meanwhile are left out.

    Raises:
        DatabaseError: the database is away or busy.
    """
    pages = {page for page, _day, _what in counts}
    standing = set(Artifact.objects.filter(pk__in=pages).values_list("pk", flat=True))
    # In one order, so that two who write at the same time wait for each other instead of locking up.
    rows = [(*key, counts[key]) for key in sorted(counts) if key[0] in standing]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            values = ", ".join(["(%s, %s, %s, %s)"] * len(part))
            cursor.execute(_ADD.format(rows=values), [cell for row in part for cell in _cells(row)])


@transaction.atomic
def fold(*, older_than_days: int, today: date) -> int:
    """Make one row of the days of each month that lies back so far; how many rows went.

    A second run finds every old month in one row and changes nothing.
    """
    end = (today - timedelta(days=older_than_days)).replace(day=1)
    old = Usage.objects.filter(day__lt=end).exclude(day__day=1).select_for_update()
    sums: Counter[tuple[int, date, str]] = Counter()
    rows = list(old.values_list("pk", "page", "day", "what", "count"))
    for _pk, page, day, what, count in rows:
        sums[(page, day.replace(day=1), what)] += count
    Usage.objects.filter(pk__in=[row[0] for row in rows]).delete()
    add(sums)
    return len(rows)


def _cells(row: tuple[int, date, str, int]) -> tuple[Any, ...]:
    page, day, what, count = row
    return page, connection.ops.adapt_datefield_value(day), what, count
