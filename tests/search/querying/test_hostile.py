"""No text that somebody types makes a search fail, on either engine."""

import random

import pytest
from django.http import QueryDict

from knowledge.catalog.permissions import Access
from search.querying import service
from search.querying.request import from_parameters
from tests.search.helpers import artifact

pytestmark = pytest.mark.django_db

QUERIES = [
    '"((',
    "AND OR *",
    "AND",
    "NOT NOT",
    "NEAR(a b)",
    "title: rollback",
    "title:",
    "a AND (b OR",
    "* ** ?",
    "^rollback$",
    "roll* ~back~2",
    "/.*/",
    "rollback\x00guide",
    "\x00",
    "''; DROP TABLE search_searchentry; --",
    "%_%",
    "\\",
    "'",
    '"',
    '""""',
    '"" ""',
    "&& || !",
    "a:* & !b | <-> c",
    "<script>",
    "{}[]()",
    "\ud800",
    "\u202e\u200b",
    "🚒 🔥",
    "über Ökonomie ﬁnance",
    "ﷺ" * 50,
    "x" * 10_000,
    "word " * 2_000,
    '"' * 500,
    "-" * 500,
    "-a -b -c",
    "a" * 199 + '"',
    "https://example.org/a?b=c&d=%20#e",
    "c++ c# .net node.js",
    "½ ² ٣ 〇",
    "_ __ ___",
    '"_" "½"',
    "-_ rollback",
]


def ask(raw: str) -> None:
    parameters = QueryDict(mutable=True)
    parameters["q"] = raw
    service.find(from_parameters(parameters), Access())
    service.suggest(raw, Access())


def test_no_query_fails(ready):
    artifact("Rollback guide", text="rollback")
    ready()
    for raw in QUERIES:
        ask(raw)
        assert not service.find(from_parameters(QueryDict("q=rollback")), Access()).degraded


def test_random_queries_do_not_fail(ready):
    artifact("Rollback guide", text="rollback")
    ready()
    dice = random.Random(11)
    pieces = [*QUERIES[:20], *"\"'()*:^-+~&|!<>{}[]\\/ \t\n", "rollback", "guide", "é", "中", "𝔘"]
    for _ in range(150):
        ask("".join(dice.choices(pieces, k=dice.randint(1, 12))))


def test_what_has_no_word_finds_nothing(ready):
    artifact("Rollback guide")
    ready()
    parameters = QueryDict(mutable=True)
    parameters["q"] = '"(('
    result = service.find(from_parameters(parameters), Access())
    assert (result.count, result.hits) == (0, ())
