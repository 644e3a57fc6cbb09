"""What is searched for, and what Elasticsearch itself says that it took."""

import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.http import QueryDict
from django.utils.http import urlencode
from elasticsearch import Elasticsearch

from knowledge.catalog.permissions import Access
from search.models import SearchEntry
from search.querying import service
from search.querying.request import from_parameters

NUMBER = 200


def queries() -> list[str]:
    """Two or three words of a title: some everywhere, some rare, as people ask."""
    dice = random.Random(3)
    made = SearchEntry.objects.exclude(title="Pattern").order_by("pk")
    titles = made.values_list("title", flat=True)[: NUMBER * 5 : 5]
    return [" ".join(dice.sample(title.split(), dice.choice((2, 3)))) for title in titles]


def searches() -> list[str]:
    return [f"/search/?{urlencode({'q': query})}" for query in queries()]


def beginnings() -> list[str]:
    """What is typed until then: three to six letters of the last word."""
    dice = random.Random(4)
    return [
        f"/search/suggest/?{urlencode({'q': query[: dice.randint(3, 6)]})}" for query in queries()
    ]


def took_ms() -> float:
    """The median of what Elasticsearch reports for the same questions, all its answers together."""
    taken: list[int] = []
    with _listening(taken):
        for query in queries()[:50]:
            before = len(taken)
            service.find(from_parameters(QueryDict(urlencode({"q": query}))), Access())
            taken[before:] = [sum(taken[before:])]
    return statistics.median(taken)


@contextmanager
def _listening(taken: list[int]) -> Iterator[None]:
    with ExitStack() as stack:
        for name in ("search", "msearch"):
            ask = getattr(Elasticsearch, name)
            stack.enter_context(patch.object(Elasticsearch, name, _told(ask, taken)))
        yield


def _told(ask: Callable[..., Any], taken: list[int]) -> Callable[..., Any]:
    def asked(*args: Any, **kwargs: Any) -> Any:
        answer = ask(*args, **kwargs)
        taken.append(answer["took"])
        return answer

    return asked
