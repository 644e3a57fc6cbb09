"""The two clients of Elasticsearch: one for readers, who wait a second, one for the worker."""

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch

INDEXING_TIMEOUT_SECONDS = 30.0


def reading() -> Elasticsearch:
    """For requests: never repeats, gives up after ``SEARCH_TIMEOUT_SECONDS``."""
    return _client(settings.SEARCH_ELASTICSEARCH_URL, settings.SEARCH_TIMEOUT_SECONDS)


def writing() -> Elasticsearch:
    """For tasks and commands."""
    return _client(settings.SEARCH_ELASTICSEARCH_URL, INDEXING_TIMEOUT_SECONDS)


@lru_cache(maxsize=8)
def _client(url: str, timeout_seconds: float) -> Elasticsearch:
    return Elasticsearch(
        url,
        request_timeout=timeout_seconds,
        max_retries=0,
        retry_on_timeout=False,
        connections_per_node=8,
        # The only node is asked again at once; when to stop asking is the breaker's matter.
        dead_node_backoff_factor=0.0,
    )
