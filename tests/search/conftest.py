"""Fixtures of the search tests: the engines, each with an index of its own."""

from collections.abc import Iterator

import pytest

from search.querying import breaker
from tests.node import Node, empty, prefix


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """No test hears of the failures of another."""
    breaker.elasticsearch.reset()
    yield
    breaker.elasticsearch.reset()


@pytest.fixture
def node(settings, db) -> Iterator[Node]:
    """Elasticsearch with an index of the test's own behind both aliases: slow, for rebuilds."""
    settings.SEARCH_ELASTICSEARCH_URL = settings.ELASTICSEARCH_OF_TESTS
    with prefix() as settings.SEARCH_INDEX_PREFIX:
        started = Node()
        empty(started.client)
        yield started


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request) -> str:
    """Runs the test on both engines; ``ready`` below makes what was created findable."""
    if request.param == "elasticsearch":
        request.getfixturevalue("shared_node")
    return request.param


@pytest.fixture
def ready(engine, request):
    """Call it after creating artifacts: then the engine knows of them."""
    if engine == "database":
        return lambda: None
    return request.getfixturevalue("shared_node").catch_up
