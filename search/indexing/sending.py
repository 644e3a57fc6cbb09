"""Sends documents to Elasticsearch so that twice, late or out of order does no harm.

The version of every write is the time of the database just before it was looked at. Whoever looked
later wins; an older one is refused as a conflict, which is as it should be. The order of steps
matters: clock, look, then which indices to write to. A rebuild adds its index to the writers before
it looks, so each change is seen by its look or sent to its index.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.indexing import aliases, documents

CONFLICT = 409
MAX_CHUNK_BYTES = 8 * 1024 * 1024
# Page id, status, reason.
Refused = tuple[int, int | None, str]


@dataclass(slots=True)
class Outcome:
    """Ids by what became of them; ``errors`` has a reason for each that failed."""

    done: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    errors: dict[int, str] = field(default_factory=dict)


class NoIndex(Exception):
    """There is no index to write to."""


def database_clock() -> int:
    """Microseconds since 1970 by the clock of the database, which all processes share."""
    if connection.vendor != "postgresql":
        return time.time_ns() // 1000
    with connection.cursor() as cursor:
        cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
        return int(cursor.fetchone()[0])


def send(
    client: Elasticsearch, page_ids: Sequence[int], *, visible_at_once: bool = False
) -> Outcome:
    """Bring these pages in Elasticsearch up to date: put those that are live, delete the rest.

    ``visible_at_once`` does not return before searches know of it.

    Raises:
        NoIndex: nothing is behind the write alias.
        elasticsearch.ApiError, elasticsearch.TransportError: nothing could be sent.
    """
    version = database_clock()
    found = documents.documents(page_ids)
    targets = aliases.behind(client, aliases.names().write)
    if not targets:
        raise NoIndex
    gone = set(page_ids) - {document["id"] for document in found}
    operations = [
        *(put(index, document, version) for index in targets for document in found),
        *(_delete(index, pk, version) for index in targets for pk in sorted(gone)),
    ]
    outcome = _bulk(client, operations, set(page_ids))
    if visible_at_once:
        client.indices.refresh(index=aliases.names().write)
    return outcome


def put(index: str, document: dict[str, Any], version: int) -> dict[str, Any]:
    return {
        "_op_type": "index",
        "_index": index,
        "_id": document["id"],
        "version": version,
        "version_type": "external_gte",
        "_source": document,
    }


def _delete(index: str, pk: int, version: int) -> dict[str, Any]:
    return {
        "_op_type": "delete",
        "_index": index,
        "_id": pk,
        "version": version,
        "version_type": "external_gte",
    }


def _bulk(
    client: Elasticsearch, operations: Iterable[dict[str, Any]], page_ids: set[int]
) -> Outcome:
    outcome = Outcome()
    for pk, status, reason in results(client, operations):
        (outcome.failed if is_passing(status) else outcome.refused).add(pk)
        outcome.errors[pk] = reason
    outcome.refused -= outcome.failed
    outcome.done = page_ids - outcome.failed - outcome.refused
    return outcome


def is_passing(status: int | None) -> bool:
    """Whether trying again may help: overloaded, read-only, or an index that was just removed."""
    return status is None or status >= 500 or status in (403, 404, 429)


def results(client: Elasticsearch, operations: Iterable[dict[str, Any]]) -> Iterable[Refused]:
    """Each write that went wrong; conflicts and second deletions did not."""
    answers = streaming_bulk(
        client,
        operations,
        chunk_size=500,
        max_chunk_bytes=MAX_CHUNK_BYTES,
        raise_on_error=False,
        raise_on_exception=True,
        max_retries=0,
    )
    for fine, answer in answers:
        if fine:
            continue
        action, result = next(iter(answer.items()))
        status = result.get("status")
        missing = action == "delete" and result.get("result") == "not_found"
        if status == CONFLICT or missing:
            continue
        error = result.get("error") or {}
        reason = error.get("reason", "") if isinstance(error, dict) else str(error)
        yield int(result["_id"]), status, reason[:300]
