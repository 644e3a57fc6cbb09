"""Compares what is with what should be, and repairs it.

Entries against pages (somebody wrote to the database past the signals), then Elasticsearch against
entries (a message was lost, an index restored from an old copy).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import scan

from search.indexing import aliases, client, documents, draining, entries, outbox, rebuilding
from search.indexing.eligibility import eligible
from search.language import words
from search.models import SearchEntry

log = logging.getLogger(__name__)

_LAST = "search.reconciled"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many were not as they should be. ``elasticsearch`` is None when it was not asked."""

    entries: int
    elasticsearch: int | None = None
    rebuilt: bool = False


def reconcile() -> Reconciled:
    wrong_entries = repair_entries()
    words.recount()
    if not outbox.is_used():
        return _remembered(Reconciled(wrong_entries))
    try:
        rebuilt = rebuilding.ensure()
        draining.drain(ignore_waits=True)
        drifted = [] if rebuilt else drift()
        outbox.note(drifted)
        draining.drain(ignore_waits=True)
    except (ApiError, TransportError) as error:
        log.warning("search.reconcile.elasticsearch_away: %s", error)
        return Reconciled(wrong_entries)
    found = Reconciled(wrong_entries, len(drifted), rebuilt)
    log.info("search.reconciled: entries=%d drifted=%d", wrong_entries, len(drifted))
    return _remembered(found)


def last() -> str:
    """When the whole was compared last, and how many were not as they should be."""
    return str(cache.get(_LAST, "not since the cache was emptied"))


def _remembered(found: Reconciled) -> Reconciled:
    parts = [f"{found.entries} entries"]
    if found.elasticsearch is not None:
        parts.append(f"{found.elasticsearch} documents")
    when = timezone.localtime().isoformat(" ", "minutes")
    cache.set(_LAST, f"{when}, mended {' and '.join(parts)}", timeout=None)
    return found


def repair_entries() -> int:
    """Rewrite the entries that differ from their pages; drop those of pages that are not live."""
    changed = entries.rewrite(list(eligible().order_by("pk").values_list("pk", flat=True)))
    surplus = list(SearchEntry.objects.filter(page__live=False).values_list("pk", flat=True))
    entries.drop(surplus)
    return changed + len(surplus)


def drift() -> list[int]:
    """Ids of pages whose document in Elasticsearch is missing, surplus or not as it should be."""
    kept = dict(_kept(client.writing()))
    wrong = []
    for batch in entries.batches(SearchEntry.objects.order_by("pk").values_list("pk", flat=True)):
        for document in documents.documents(batch):
            if kept.pop(document["id"], None) != document["digest"]:
                wrong.append(document["id"])
    return wrong + sorted(kept)


def _kept(elastic: Elasticsearch) -> Iterator[tuple[int, str]]:
    query = {"query": {"match_all": {}}, "_source": ["digest"]}
    for hit in scan(elastic, query=query, index=aliases.names().read, size=1000):
        yield int(hit["_id"]), hit["_source"]["digest"]
