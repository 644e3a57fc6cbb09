"""How many queries a page costs does not depend on how much it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.catalog import models
from portal.middleware import page_cache
from tests.search.helpers import artifact, find

pytestmark = pytest.mark.django_db

BUDGET = {"database": 5, "elasticsearch": 5}


def cost(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def grow(number: int) -> None:
    for one in range(number):
        tool = models.Tool.objects.create(name=f"Tool {number}-{one}", slug=f"tool-{number}-{one}")
        artifact(f"Plan {number}-{one}", tags=[f"Tag {number}-{one}"], tools=[tool])


def test_a_search_costs_the_same_for_few_and_many(ready, engine):
    grow(2)
    ready()
    find("q=plan")  # what is kept until the library changes: the categories
    few = cost(lambda: find("q=plan"))
    grow(12)
    ready()
    assert cost(lambda: find("q=plan")) == few
    assert few <= BUDGET[engine]


@pytest.mark.parametrize("address", ["/search/?q=plan", "/kinds/guide/", "/tags/", "/operations/"])
def test_a_page_costs_the_same_for_few_and_many(client, address):
    grow(2)
    client.get(address)  # what a process looks up once: sites, content types
    page_cache.store.clear()
    few = cost(lambda: client.get(address))
    grow(8)
    page_cache.store.clear()
    assert cost(lambda: client.get(address)) == few


def test_suggestions_cost_few_queries(client, ready):
    grow(3)
    ready()
    assert cost(lambda: client.get(reverse("search:suggest"), {"q": "plan"})) <= 4
