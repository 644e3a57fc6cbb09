"""A new index beside the old one, filled while edits go on, then put in its place in one step.

Readers see the old index until the new one is complete. Every change that commits meanwhile goes
to both (``aliases.add_writer`` comes before the first look), and versions sort out which is newer,
so nothing is lost and nothing that was unpublished comes back.
"""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.indexing import aliases, client, documents, outbox, sending
from search.models import SearchEntry

log = logging.getLogger(__name__)

BATCH = 500
LOCK_KEY = "search:rebuild"
LOCK_SECONDS = 900  # renewed with every batch
# Searches that started on the old index finish within this time.
GRACE_SECONDS = 2.0


class RebuildRefused(Exception):
    """The rebuild did not start or was not put in place; the message says why."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    index: str
    documents: int
    replaced: tuple[str, ...]
    seconds: float


def rebuild(*, force: bool = False, progress: Callable[[int, int], None] | None = None) -> Rebuilt:
    """Build a new index and let readers and writers use it.

    ``progress`` is called with how many are done and how many there are. ``force`` goes on although
    another rebuild seems to run (or the cache that knows it is away).

    Raises:
        RebuildRefused: another rebuild is running, or documents were refused.
        elasticsearch.ApiError, elasticsearch.TransportError: Elasticsearch failed; readers keep
            what they had.
    """
    if not cache.add(LOCK_KEY, 1, LOCK_SECONDS) and not force:
        raise RebuildRefused("Another rebuild is running. Wait for it, or use --force.")
    elastic = client.writing()
    started = time.monotonic()
    try:
        # What a rebuild that was killed has left behind.
        aliases.discard(elastic, _unread(elastic))
        index = aliases.create(elastic)
        try:
            aliases.add_writer(elastic, index)
            count = _fill(elastic, index, progress)
            elastic.indices.refresh(index=index)
        except (ApiError, TransportError, RebuildRefused):
            with suppress(ApiError, TransportError):
                aliases.discard(elastic, [index])
            raise
        replaced = aliases.switch(elastic, index)
        if replaced:
            time.sleep(GRACE_SECONDS)
            aliases.discard(elastic, replaced)
        _put_together(elastic, index)
    finally:
        cache.delete(LOCK_KEY)
    seconds = time.monotonic() - started
    log.info("search.rebuilt: index=%s documents=%d seconds=%.1f", index, count, seconds)
    return Rebuilt(index, count, tuple(replaced), seconds)


def ensure() -> bool:
    """Build the index when there is none that fits: the first start, a new version. True: built."""
    elastic, ours = client.writing(), aliases.names()
    if aliases.behind(elastic, ours.read) and aliases.fits(elastic, ours.read):
        return False
    try:
        rebuild()
    except RebuildRefused:
        return False
    return True


def plan() -> dict[str, object]:
    """What ``rebuild`` would do, without doing it."""
    elastic, ours = client.writing(), aliases.names()
    readers = aliases.behind(elastic, ours.read)
    return {
        "documents": SearchEntry.objects.filter(page__live=True).count(),
        "serving": readers,
        "left_over": _unread(elastic),
    }


def _put_together(elastic: Elasticsearch, index: str) -> None:
    """Have the many small parts that filling leaves made one: each search goes through all of them.

    Elasticsearch does it while it answers; nobody waits for it, and what is searched stays the same.
    """
    with suppress(ApiError, TransportError):
        elastic.indices.forcemerge(index=index, max_num_segments=1, wait_for_completion=False)


def _unread(elastic: Elasticsearch) -> list[str]:
    readers = aliases.behind(elastic, aliases.names().read)
    return [index for index in aliases.all_indices(elastic) if index not in readers]


def _fill(elastic: Elasticsearch, index: str, progress: Callable[[int, int], None] | None) -> int:
    total = SearchEntry.objects.filter(page__live=True).count()
    done = 0
    for number, refused in _sent(elastic, index):
        for pk, status, reason in refused:
            if sending.is_passing(status):
                raise RebuildRefused(f"Page {pk} could not be sent ({status}): {reason}")
            # One document that Elasticsearch cannot read must not keep all others away.
            log.error("search.rebuild.refused: page=%d %s", pk, reason)
            outbox.note([pk])
        done += number
        cache.touch(LOCK_KEY, LOCK_SECONDS)
        if progress:
            progress(done, total)
    return done


def _sent(elastic: Elasticsearch, index: str) -> Iterator[tuple[int, list[sending.Refused]]]:
    """The size of each batch and what was refused of it.

    While Elasticsearch takes one batch, in another thread, the next is read and made here.
    """

    def send(operations: list[dict]) -> tuple[int, list[sending.Refused]]:
        return len(operations), list(sending.results(elastic, operations))

    with ThreadPoolExecutor(max_workers=1) as sender:
        on_its_way: Future | None = None
        for version, batch in _looks():
            operations = [sending.put(index, document, version) for document in batch]
            before, on_its_way = on_its_way, sender.submit(send, operations)
            if before:
                yield before.result()
        if on_its_way:
            yield on_its_way.result()


def _looks() -> Iterator[tuple[int, list[dict]]]:
    """All documents in batches, each with the time of its look."""
    last = 0
    while True:
        version = sending.database_clock()
        page_ids = list(
            SearchEntry.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        if not page_ids:
            return
        last = page_ids[-1]
        yield version, documents.documents(page_ids)
