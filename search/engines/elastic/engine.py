"""Asks Elasticsearch, once for a search, and turns what goes wrong into ``EngineFailed``."""

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from elasticsearch import ApiError, BadRequestError, TransportError

from search.engines import floors
from search.engines.base import Answer, Ask, EngineFailed, EngineHit, Near, Suggest
from search.engines.elastic import query
from search.indexing import aliases, client

# Measured on the tuning half of tests/search_quality: how much the nearest passage says of its page.
NEAREST_OF_PAGE = 0.6


class ElasticsearchEngine:
    name = "elasticsearch"

    def search(self, ask: Ask) -> Answer:
        answer = self._ask(query.search(ask, floor=floors.first(ask.text, ask.least)).to_dict())
        second = floors.second(ask.text, ask.least)
        if second is not None and not _by_words(answer, ask):
            answer = self._ask(query.search(ask, floor=second).to_dict())
        aggregations = answer.get("aggregations", {})
        return Answer(
            count=answer["hits"]["total"]["value"],
            hits=_in_order(answer["hits"]["hits"], ask),
            facets={name: query.buckets(aggregations, name) for name in ask.facets},
        )

    def near(self, vector: Sequence[float], ask: Ask, *, at_least: float) -> list[Near]:
        answer = self._ask(query.near(vector, ask, at_least=at_least))
        return [_near(hit) for hit in answer["hits"]["hits"]]

    def suggest(self, ask: Suggest) -> list[int]:
        answer = self._ask(query.suggest(ask).to_dict())
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    @staticmethod
    def _ask(body: dict[str, Any]) -> Any:
        try:
            answer = (
                client.reading()
                .search(index=aliases.names().read, body=body, include_named_queries_score=True)
                .body
            )
        except BadRequestError as error:
            raise EngineFailed(f"{error}"[:300], is_away=False) from error
        except (ApiError, TransportError) as error:
            raise EngineFailed(f"{type(error).__name__}: {error}"[:300]) from error
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineFailed("Only a part of the index answered.")
        return answer


def _in_order(found: Sequence[dict[str, Any]], ask: Ask) -> tuple[EngineHit, ...]:
    hits = list(found)
    if ask.sort == "relevance":
        # Equals in the same order every time; Elasticsearch cannot weigh again and sort by two things.
        hits.sort(key=lambda hit: (-(hit["_score"] or 0.0), int(hit["_id"])))
    return tuple(_hit(hit, ask) for hit in hits)


def _hit(hit: dict[str, Any], ask: Ask) -> EngineHit:
    pk = int(hit["_id"])
    score = hit.get("_score") or 0.0
    if pk in ask.besides:
        score = max(score - query.BESIDES, 0.0)
    found = (hit.get("matched_queries") or {}).get(query.COVERAGE, 0.0)
    coverage = min(found / ask.text.weight, 1.0) if ask.text else 0.0
    return EngineHit(pk, score, round(coverage, 4))


def _near(hit: dict[str, Any]) -> Near:
    found = hit["inner_hits"]["passages"]["hits"]["hits"]
    # Elasticsearch gives (1 + cosine) / 2.
    cosines = [2 * one["_score"] - 1 for one in found]
    best = found[0]["_source"]
    cosine = NEAREST_OF_PAGE * cosines[0] + (1 - NEAREST_OF_PAGE) * fmean(cosines)
    return Near(int(hit["_id"]), round(cosine, 4), best["start"], best["end"])


def _by_words(answer: Any, ask: Ask) -> bool:
    """Whether anything was found by its words, before the reader's filters."""
    before_filters = answer.get("aggregations", {}).get(query.MATCHED)
    total = before_filters["doc_count"] if before_filters else answer["hits"]["total"]["value"]
    if total > len(ask.besides):
        return True
    return any(hit.get("matched_queries") for hit in answer["hits"]["hits"])
