"""Fixtures of the search tests: the engines, each with an index of its own."""

import secrets
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.indexing import aliases, client, draining
from search.querying import breaker


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """No test hears of the failures of another."""
    breaker.elasticsearch.reset()
    yield
    breaker.elasticsearch.reset()


@pytest.fixture
def database_only(settings):
    """The portal without Elasticsearch."""
    settings.SEARCH_ELASTICSEARCH_URL = ""


class Node:
    """The real Elasticsearch, with indices that only this test uses."""

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


def _remove(elastic: Elasticsearch, prefix: str) -> None:
    base = f"{prefix}_content"
    found = elastic.indices.get(index=f"{base}_2*", expand_wildcards="open,closed")
    aliases.discard(elastic, sorted(found))
    elastic.options(ignore_status=404).indices.delete_index_template(name=base)


@pytest.fixture
def node(settings, db) -> Iterator[Node]:
    """Elasticsearch with an index of the test's own behind both aliases: slow, for rebuilds."""
    prefix = settings.SEARCH_INDEX_PREFIX = f"test_{secrets.token_hex(6)}"
    started = Node()
    aliases.switch(started.client, aliases.create(started.client))
    yield started
    # The test may have led the settings to another address.
    _remove(started.client, prefix)


@pytest.fixture(scope="module")
def module_prefix() -> Iterator[str]:
    """One index for all tests of a module."""
    prefix = f"test_{secrets.token_hex(6)}"
    yield prefix
    _remove(client.writing(), prefix)


@pytest.fixture
def shared_node(settings, db, module_prefix) -> Node:
    """Elasticsearch with an empty index, shared by the tests of a module one after the other."""
    settings.SEARCH_INDEX_PREFIX = module_prefix
    elastic = client.writing()
    if not aliases.behind(elastic, aliases.names().read):
        aliases.switch(elastic, aliases.create(elastic))
    else:
        elastic.delete_by_query(
            index=aliases.names().read, query={"match_all": {}}, refresh=True, conflicts="proceed"
        )
    return Node()


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request, settings) -> str:
    """Runs the test on both engines; ``ready`` below makes what was created findable."""
    if request.param == "database":
        settings.SEARCH_ELASTICSEARCH_URL = ""
    else:
        request.getfixturevalue("shared_node")
    return request.param


@pytest.fixture
def ready(engine, request):
    """Call it after creating artifacts: then the engine knows of them."""
    if engine == "database":
        return lambda: None
    return request.getfixturevalue("shared_node").catch_up
