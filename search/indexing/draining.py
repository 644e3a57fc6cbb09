"""Sends what waits in the outbox."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from elasticsearch import ApiError, TransportError

from search.indexing import aliases, client, outbox, sending
from search.models import OutboxRow

log = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Drained:
    sent: int = 0
    failed: int = 0


def drain(*, now: datetime | None = None, ignore_waits: bool = False) -> Drained:
    """Send all rows that are due; those that cannot be sent wait longer each time.

    ``ignore_waits`` also tries rows whose next try lies ahead.
    """
    if not outbox.is_used():
        return Drained()
    started = now or timezone.now()
    sent = failed = last = 0
    while True:
        with transaction.atomic():
            rows = _due(started, after=last, ignore_waits=ignore_waits)
            if not rows:
                break
            last = rows[-1].pk
            outcome = _send(rows)
            _settle(rows, outcome)
        sent += len(outcome.done)
        failed += len(outcome.failed) + len(outcome.refused)
        if outcome.failed:
            # Elasticsearch is away or full: the rest would fare no better now.
            break
    if failed:
        log.warning("search.outbox.left: sent=%d failed=%d", sent, failed)
    return Drained(sent, failed)


def _due(now: datetime, *, after: int, ignore_waits: bool) -> list[OutboxRow]:
    rows = OutboxRow.objects.filter(pk__gt=after).order_by("pk")
    if not ignore_waits:
        rows = rows.filter(next_try__lte=now)
    if connection.features.has_select_for_update_skip_locked:
        # Another worker is sending those already.
        rows = rows.select_for_update(skip_locked=True)
    return list(rows[:BATCH])


def _send(rows: Sequence[OutboxRow]) -> sending.Outcome:
    page_ids = list(dict.fromkeys(row.page_id for row in rows))
    elastic = client.writing()
    try:
        hides = any(row.hides for row in rows)
        outcome = sending.send(elastic, page_ids, visible_at_once=hides)
        for pk in outcome.refused:
            # An old state must not be shown in place of the one that was refused.
            elastic.options(ignore_status=404).delete(index=aliases.names().read, id=str(pk))
    except sending.NoIndex:
        reason = "There is no index. Run manage.py rebuild_index."
    except (ApiError, TransportError) as error:
        reason = f"{type(error).__name__}: {error}"[:300]
    else:
        return outcome
    return sending.Outcome(failed=set(page_ids), errors=dict.fromkeys(page_ids, reason))


def _settle(rows: Sequence[OutboxRow], outcome: sending.Outcome) -> None:
    done = [row.pk for row in rows if row.page_id in outcome.done]
    OutboxRow.objects.filter(pk__in=done).delete()
    now = timezone.now()
    for row in rows:
        if row.page_id in outcome.done:
            continue
        refused = row.page_id in outcome.refused
        OutboxRow.objects.filter(pk=row.pk).update(
            attempts=min(row.attempts + 1, outbox.MAX_ATTEMPTS),
            next_try=now + outbox.retry_at(row.attempts, refused=refused),
            refused=refused,
            last_error=outcome.errors.get(row.page_id, "")[:300],
        )
