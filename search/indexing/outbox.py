"""What Elasticsearch must be told, kept until it has been told.

A row is written in the transaction of the change; after the commit a task is queued, and when
that fails (no broker, no worker, no Elasticsearch) the next task finds the row. Sending is
idempotent: twice, late or out of order does no harm (see ``sending``).
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from knowledge.catalog.services import queueing
from search.models import OutboxRow

# A row this old means that readers of Elasticsearch see an old state.
LAGGING_AFTER = timedelta(seconds=30)
FIRST_DELAY_SECONDS = 2
LAST_DELAY_SECONDS = 30
REFUSED_DELAY_SECONDS = 3600
MAX_ATTEMPTS = 32_000  # the column ends at 32,767; the delay has long stopped growing


def is_used() -> bool:
    """Without an address of Elasticsearch there is nobody to tell."""
    return bool(settings.SEARCH_ELASTICSEARCH_URL)


def note(page_ids: Iterable[int], *, hides: bool = False) -> None:
    """Have these pages looked at again once the running transaction has committed.

    ``hides``: the change may take something out of somebody's sight; until it has been sent,
    Elasticsearch is not asked.
    """
    if not is_used():
        return
    rows = [OutboxRow(page_id=pk, hides=hides) for pk in dict.fromkeys(page_ids)]
    if not rows:
        return
    OutboxRow.objects.bulk_create(rows, batch_size=2000)
    waiting = getattr(connection, "run_on_commit", [])
    if not any(waits[1] is _queue for waits in reversed(waiting)):
        transaction.on_commit(_queue, robust=True)


def is_lagging() -> bool:
    """Whether readers of Elasticsearch would see what they must not, or what is long out of date.

    One small query, by hand: every search and every letter of a suggestion asks it, and Django takes
    longer to put it together than the database to answer.
    """
    limit = connection.ops.adapt_datetimefield_value(timezone.now() - LAGGING_AFTER)
    table = OutboxRow._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM {table}"  # noqa: S608 - constants and a parameter
            " WHERE NOT refused AND (hides OR created_at < %s))",
            [limit],
        )
        return bool(cursor.fetchone()[0])


def retry_at(attempts: int, *, refused: bool) -> timedelta:
    """How long to wait before the next try, after so many."""
    if refused:
        return timedelta(seconds=REFUSED_DELAY_SECONDS)
    return timedelta(seconds=min(FIRST_DELAY_SECONDS * 2 ** min(attempts, 10), LAST_DELAY_SECONDS))


def _queue() -> None:
    from search.tasks import drain_outbox

    # With all other work that is handed over: one broker that hangs is waited for once.
    queueing.hand_over(drain_outbox)
