"""Artifacts that editors put first for a query. In force at once."""

from collections.abc import Mapping

from knowledge.catalog.services import freshness
from search.language.synonyms import Key, key
from search.language.text import STOP_WORDS
from search.models import BestBet


def bets_for(shown: str) -> tuple[int, ...]:
    """Ids of artifacts, in the editors' order."""
    return table().get(_plain(shown), ())


def table() -> Mapping[Key, tuple[int, ...]]:
    return freshness.kept("search.bets", _made)


def _made() -> Mapping[Key, tuple[int, ...]]:
    found: dict[Key, list[int]] = {}
    for bet in BestBet.objects.filter(is_active=True):
        for query in bet.queries:
            found.setdefault(_plain(query), []).append(bet.artifact_id)
    return {query: tuple(dict.fromkeys(pages)) for query, pages in found.items() if query}


def _plain(query: str) -> Key:
    said = " ".join(word for word in query.lower().split() if word not in STOP_WORDS)
    return key(said or query)
