"""How search is doing, for the health address and ``manage.py search_status``."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from elasticsearch import ApiError, TransportError
from redis.exceptions import RedisError

from search.indexing import aliases, client, computing, outbox, reconciling
from search.indexing.eligibility import eligible
from search.meaning import asking
from search.models import OutboxRow, SearchEntry


def status() -> str:
    """``ok``, or why readers are answered by the stand-in: ``down``, ``no index``, ``behind``.

    Cheap and bounded: one request with the readers' time limit and one small query. Without
    Elasticsearch there is nothing that could be away.
    """
    elastic = _elasticsearch()
    if elastic == "absent":
        return "ok"
    if elastic != "up":
        return elastic
    return "behind" if outbox.is_lagging() else "ok"


def report() -> dict[str, Any]:
    """How it is in detail.

    ``waiting`` and ``oldest_seconds`` are those of the outbox, ``meaning_due`` counts the artifacts
    that are not found by their meaning yet, ``reconciled`` is what the last daily comparison found.
    """
    waiting = OutboxRow.objects.filter(refused=False).order_by("created_at")
    oldest = waiting.values_list("created_at", flat=True).first()
    found: dict[str, Any] = {
        "status": status(),
        "engine": "elasticsearch" if settings.SEARCH_ELASTICSEARCH_URL else "database",
        "live_artifacts": eligible().count(),
        "entries": SearchEntry.objects.filter(page__live=True).count(),
        "waiting": waiting.count(),
        "oldest_seconds": int((timezone.now() - oldest).total_seconds()) if oldest else 0,
        "refused": OutboxRow.objects.filter(refused=True).count(),
        "reconciled": reconciling.last(),
    }
    if settings.SEARCH_VECTORS_ENABLED:
        found["meaning_due"] = computing.due()
        found["encoder"] = _encoder()
    if _elasticsearch() == "up":
        reader, ours = client.writing(), aliases.names()
        found["indices"] = aliases.behind(reader, ours.read)
        found["documents"] = reader.count(index=ours.read)["count"]
        found["server"] = reader.info()["version"]["number"]
    return found


def _elasticsearch() -> str:
    if not settings.SEARCH_ELASTICSEARCH_URL:
        return "absent"
    try:
        there = client.reading().indices.exists_alias(name=aliases.names().read)
    except (ApiError, TransportError):
        return "down"
    return "up" if there else "no index"


def _encoder() -> str:
    if settings.SEARCH_ENCODER_INLINE:
        return "in the asking process"
    try:
        return "up" if asking.is_alive() else "down"
    except RedisError:
        return "down"
