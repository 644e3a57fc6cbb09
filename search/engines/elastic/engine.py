"""Asks Elasticsearch, once for a search, and turns what goes wrong into ``EngineFailed``."""

from typing import Any

from elasticsearch import ApiError, BadRequestError, TransportError
from elasticsearch_dsl import Search

from search.engines.base import Answer, Ask, EngineFailed, EngineHit, Suggest
from search.engines.elastic import query
from search.indexing import aliases, client

# In this order the passage is chosen: where the words stand says most.
_PASSAGES = ("body", "bottom_line", "terms")


class ElasticsearchEngine:
    name = "elasticsearch"

    def search(self, ask: Ask) -> Answer:
        answer = self._ask(query.search(ask, any_word=False))
        if len(ask.text.wanted) > 1 and not _matched(answer):
            answer = self._ask(query.search(ask, any_word=True))
        aggregations = answer.get("aggregations", {})
        return Answer(
            count=answer["hits"]["total"]["value"],
            hits=tuple(_hit(hit) for hit in answer["hits"]["hits"]),
            facets={name: query.buckets(aggregations, name) for name in ask.facets},
        )

    def suggest(self, ask: Suggest) -> list[int]:
        answer = self._ask(query.suggest(ask))
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    @staticmethod
    def _ask(search: Search) -> Any:
        try:
            answer = client.reading().search(index=aliases.names().read, body=search.to_dict()).body
        except BadRequestError as error:
            raise EngineFailed(f"{error}"[:300], is_away=False) from error
        except (ApiError, TransportError) as error:
            raise EngineFailed(f"{type(error).__name__}: {error}"[:300]) from error
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineFailed("Only a part of the index answered.")
        return answer


def _hit(hit: dict[str, Any]) -> EngineHit:
    marked = hit.get("highlight", {})
    passages = next((marked[name] for name in _PASSAGES if name in marked), ())
    joined = tuple(" ".join(passage.split()) for passage in passages)
    return EngineHit(int(hit["_id"]), round(hit.get("_score") or 0.0, 4), joined)


def _matched(answer: Any) -> int:
    """How many have all words, before the reader's filters."""
    before_filters = answer.get("aggregations", {}).get(query.MATCHED)
    total = before_filters["doc_count"] if before_filters else answer["hits"]["total"]["value"]
    return int(total)
