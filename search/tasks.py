"""Background work. Tasks carry nothing: they read what is due when they run, so each may run twice."""

from contextlib import suppress

from celery import shared_task
from elasticsearch import ApiError, TransportError

from search.indexing import computing, draining, outbox, rebuilding, reconciling

# Half of the time between two rounds: mails, and what search must be told, come in between.
MEANT_SECONDS = 7.0


@shared_task(name="search.tasks.drain_outbox", ignore_result=True, soft_time_limit=120)
def drain_outbox() -> None:
    """Send what waits; build the index first when there is none."""
    if not outbox.is_used():
        return
    # When it is not there, draining says so in every row, and when to try again.
    with suppress(ApiError, TransportError):
        rebuilding.ensure()
    draining.drain()


@shared_task(
    name="search.tasks.reconcile", ignore_result=True, soft_time_limit=3000, time_limit=3300
)
def reconcile() -> None:
    reconciling.reconcile()


@shared_task(name="search.tasks.compute_meaning", ignore_result=True)
def compute_meaning() -> None:
    """Vectors for some of the passages that have none; what is left waits for the next round."""
    if computing.is_used() and computing.compute(seconds=MEANT_SECONDS):
        draining.drain()
