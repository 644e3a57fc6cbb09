"""A reader who searches, and what the log knows of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from search.insight.models import LoggedSearch
from search.insight.recording import buffer

RESULTS = "http://testserver/search/"


class Searcher:
    """A browser without scripts that says where it comes from."""

    def __init__(self, agent: str = "Mozilla/5.0 (a phone)", **headers: str) -> None:
        self.client = Client(headers={"User-Agent": agent, **headers})

    def search(self, query: str, *, came_from: str = "") -> Any:
        headers = {"Referer": came_from} if came_from else {}
        return self.client.get(f"/search/?{query}", headers=headers)

    def open(self, path: str, *, from_search: str) -> Any:
        return self.client.get(path, headers={"Referer": f"{RESULTS}?{from_search}"})


@pytest.fixture
def log(db: None) -> Callable[[], list[LoggedSearch]]:
    """All searches that are known by now, in the order of their words."""

    def read() -> list[LoggedSearch]:
        buffer.flush()
        return list(LoggedSearch.objects.order_by("text"))

    return read


def logged(text: str, **fields: Any) -> LoggedSearch:
    """A search that is in the log: asked now, found nothing, unless said otherwise."""
    fields.setdefault("at", timezone.now().replace(second=0, microsecond=0))
    fields.setdefault("results", 0)
    fields.setdefault("engine", "database")
    fields.setdefault("took_ms", 12)
    return LoggedSearch.objects.create(text=text, **fields)
