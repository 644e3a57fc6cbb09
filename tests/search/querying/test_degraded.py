"""Elasticsearch away, hanging or wrong: search answers from the database and says so."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.urls import reverse

from knowledge.catalog.permissions import Access
from search.engines.elastic import query
from search.indexing import aliases
from search.querying import breaker, service
from search.querying.breaker import FAILURES
from tests.search.helpers import artifact, find, titles
from tests.silent import Silent, silent_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanging() -> Iterator[Silent]:
    with silent_server() as server:
        yield server


def test_away(node, settings, client):
    artifact("Handover")
    node.catch_up()
    settings.SEARCH_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    result = find("q=handover")
    assert (result.engine, result.degraded, result.count) == ("database", True, 1)
    page = client.get(reverse("search:results"), {"q": "handover"})
    assert page.status_code == 200
    assert page.context["result"]["degraded"]
    assert client.get(reverse("search:api"), {"q": "handover"}).json()["degraded"] is True
    assert [card.title for card in service.suggest("hand", Access())] == ["Handover"]


def test_hanging_costs_the_time_limit_and_only_a_few_times(settings, hanging):
    artifact("Handover")
    settings.SEARCH_ELASTICSEARCH_URL = f"http://{hanging.netloc}"
    settings.SEARCH_TIMEOUT_SECONDS = 0.3
    for _ in range(FAILURES + 5):
        assert titles("q=handover") == ["Handover"]
    assert hanging.callers() == FAILURES
    assert breaker.elasticsearch.is_open


def test_it_returns_by_itself(node, settings, monkeypatch):
    artifact("Handover")
    node.catch_up()
    address, settings.SEARCH_ELASTICSEARCH_URL = (
        settings.SEARCH_ELASTICSEARCH_URL,
        "http://127.0.0.1:9",
    )
    for _ in range(FAILURES):
        find("q=handover")
    settings.SEARCH_ELASTICSEARCH_URL = address
    assert find("q=handover").engine == "database"  # still waiting
    monkeypatch.setattr(breaker.elasticsearch, "_opens_again_at", 0.0)
    assert find("q=handover").engine == "elasticsearch"
    assert not breaker.elasticsearch.is_open


def test_a_missing_index(node):
    artifact("Handover")
    aliases.discard(node.client, aliases.all_indices(node.client))
    result = find("q=handover")
    assert (result.engine, result.degraded, result.count) == ("database", True, 1)


def test_an_index_that_is_read_only_still_answers_and_keeps_what_is_new(node):
    artifact("Handover")
    node.catch_up()
    index = aliases.all_indices(node.client)[0]
    block = "index.blocks.read_only_allow_delete"
    node.client.indices.put_settings(index=index, settings={block: True})
    artifact("Escalation")
    node.catch_up()
    assert titles("q=handover") == ["Handover"]
    node.client.indices.put_settings(index=index, settings={block: None})
    node.catch_up()
    assert find("q=escalation").engine == "elasticsearch"
    assert titles("q=escalation") == ["Escalation"]


def test_many_at_once_do_not_queue_behind_one_that_hangs(settings, hanging):
    """The breaker is shared by the threads of a process and never blocks them."""
    settings.SEARCH_ELASTICSEARCH_URL = f"http://{hanging.netloc}"
    guard = breaker.Breaker()
    answers: list[bool] = []
    threads = [threading.Thread(target=lambda: answers.append(guard.may_ask())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=2)
    assert answers == [True] * 20


def test_pages_from_elasticsearch_are_not_kept_by_the_page_cache(node, client):
    """It knows of a change a moment after the cache was told to forget."""
    artifact("Handover")
    node.catch_up()
    response = client.get(reverse("search:results"), {"q": "handover"})
    assert response.context["result"]["engine_label"] == "Elasticsearch"
    assert "private" in response["Cache-Control"]


def test_a_question_that_is_refused_does_not_keep_others_from_asking(node, monkeypatch):
    artifact("Handover")
    node.catch_up()
    with monkeypatch.context() as broken:
        broken.setitem(query.SORTS, "relevance", [{"no_such_field": "asc"}])
        for _ in range(FAILURES + 1):
            assert find("q=handover").engine == "database"
    assert not breaker.elasticsearch.is_open
    assert find("q=handover").engine == "elasticsearch"


def test_a_part_of_an_answer_is_no_answer(node, monkeypatch):
    artifact("Handover")
    node.catch_up()
    partial = {"timed_out": True, "_shards": {"failed": 0}}
    monkeypatch.setattr(
        "search.engines.elastic.engine.client.reading",
        lambda: SimpleNamespace(
            msearch=lambda **_: SimpleNamespace(body={"responses": [partial, partial]})
        ),
    )
    assert find("q=handover").degraded
