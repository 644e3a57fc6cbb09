"""The real Elasticsearch, for the tests that ask for it; all others are answered by the database.

Each gets an index under a name of its own, so that none finds what another has left.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from elasticsearch import Elasticsearch

from search.indexing import aliases, client, draining


class Node:
    """Elasticsearch with an index that only this test, or the tests of this module, use."""

    def __init__(self) -> None:
        self.client = client.writing()

    def catch_up(self) -> None:
        """Send what waits and make it findable."""
        draining.drain(ignore_waits=True)
        self.refresh()

    def refresh(self) -> None:
        self.client.indices.refresh(index=aliases.names().write)

    def ids(self) -> set[int]:
        self.refresh()
        found = self.client.search(index=aliases.names().read, size=1000, source=False)
        return {int(hit["_id"]) for hit in found["hits"]["hits"]}


@contextmanager
def prefix() -> Iterator[str]:
    """A name for indices; those under it are removed afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    yield name
    base = f"{name}_content"
    with Elasticsearch(settings.ELASTICSEARCH_OF_TESTS, request_timeout=30) as elastic:
        found = elastic.indices.get(index=f"{base}_2*", expand_wildcards="open,closed")
        aliases.discard(elastic, sorted(found))
        elastic.options(ignore_status=404).indices.delete_index_template(name=base)


def empty(elastic: Elasticsearch) -> None:
    """An empty index behind the aliases: the one that is there, or a new one."""
    if not aliases.behind(elastic, aliases.names().read):
        aliases.switch(elastic, aliases.create(elastic))
        return
    elastic.delete_by_query(
        index=aliases.names().read, query={"match_all": {}}, refresh=True, conflicts="proceed"
    )
