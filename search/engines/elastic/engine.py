"""Asks Elasticsearch, once for a search, and turns what goes wrong into ``EngineFailed``."""

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from elasticsearch import ApiError, BadRequestError, TransportError

from search.engines import floors
from search.engines.base import Answer, Ask, EngineFailed, EngineHit, Near, Suggest
from search.engines.elastic import counts, query
from search.indexing import aliases, client

# Measured on the tuning half of tests/search_quality: how much the nearest passage says of its page.
NEAREST_OF_PAGE = 0.6


class ElasticsearchEngine:
    name = "elasticsearch"

    def search(self, ask: Ask) -> Answer:
        floor = floors.first(ask.text, ask.least)
        found, counted = self._both(ask, floor)
        second = floors.second(ask.text, ask.least)
        if second is not None and not counts.matched(counted):
            floor = second
            found, counted = self._both(ask, floor)
        # Then nobody asked how much of the question a hit has.
        has_all = bool(ask.text) and not ask.besides and query.all_needed(ask, floor)
        return Answer(
            count=counted["hits"]["total"]["value"],
            hits=_in_order(found["hits"]["hits"], ask, has_all=has_all),
            facets={name: counts.buckets(counted, name) for name in ask.facets},
        )

    def near(self, vector: Sequence[float], ask: Ask, *, at_least: float) -> list[Near]:
        answer = self._ask(query.near(vector, ask, at_least=at_least))
        return [_near(hit) for hit in answer["hits"]["hits"]]

    def suggest(self, ask: Suggest) -> list[int]:
        answer = self._ask(query.suggest(ask).to_dict())
        found = [_id(hit) for hit in answer["hits"]["hits"]]
        return found or (self._joined(ask) if ask.joined else [])

    def _joined(self, ask: Suggest) -> list[int]:
        answer = self._ask(query.suggest_joined(ask).to_dict())
        hits = answer["hits"]["hits"]
        begun = [hit for hit in hits if _in_one_word(hit).startswith(ask.joined)]
        return [_id(hit) for hit in begun][: ask.limit]

    def _both(self, ask: Ask, floor: float) -> tuple[Any, Any]:
        """Hits and counts, in one round trip and at the same time."""
        found, counted = self._together(
            query.hits(ask, floor=floor).to_dict(), counts.counts(ask, floor=floor)
        )
        return found, counted

    @staticmethod
    def _ask(body: dict[str, Any]) -> Any:
        try:
            answer = client.reading().search(index=aliases.names().read, body=body).body
        except BadRequestError as error:
            raise EngineFailed(f"{error}"[:300], is_away=False) from error
        except (ApiError, TransportError) as error:
            raise EngineFailed(f"{type(error).__name__}: {error}"[:300]) from error
        return _whole(answer)

    @staticmethod
    def _together(*bodies: dict[str, Any]) -> list[Any]:
        searches = [part for body in bodies for part in ({}, body)]
        try:
            answers = (
                client.reading()
                .msearch(
                    index=aliases.names().read,
                    searches=searches,
                    include_named_queries_score=True,
                )
                .body["responses"]
            )
        except BadRequestError as error:
            raise EngineFailed(f"{error}"[:300], is_away=False) from error
        except (ApiError, TransportError) as error:
            raise EngineFailed(f"{type(error).__name__}: {error}"[:300]) from error
        for answer in answers:
            if "error" in answer:
                # Each question of several is refused in its own answer.
                raise EngineFailed(f"{answer['error']}"[:300], is_away=answer["status"] != 400)
        return [_whole(answer) for answer in answers]


def _whole(answer: Any) -> Any:
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineFailed("Only a part of the index answered.")
    return answer


def _in_order(found: Sequence[dict[str, Any]], ask: Ask, *, has_all: bool) -> tuple[EngineHit, ...]:
    hits = list(found)
    if ask.sort == "relevance":
        # Equals in the same order every time; Elasticsearch cannot weigh again and sort by two things.
        hits.sort(key=lambda hit: (-(hit["_score"] or 0.0), _id(hit)))
    return tuple(_hit(hit, ask, has_all=has_all) for hit in hits)


def _hit(hit: dict[str, Any], ask: Ask, *, has_all: bool) -> EngineHit:
    pk = _id(hit)
    score = hit.get("_score") or 0.0
    if pk in ask.besides:
        score = max(score - query.BESIDES, 0.0)
    if has_all:
        return EngineHit(pk, score, 1.0)
    found = (hit.get("matched_queries") or {}).get(query.COVERAGE, 0.0)
    coverage = min(found / ask.text.weight, 1.0) if ask.text else 0.0
    return EngineHit(pk, score, round(coverage, 4))


def _id(hit: dict[str, Any]) -> int:
    return int(hit["fields"]["id"][0])


def _in_one_word(hit: dict[str, Any]) -> str:
    return str(hit["fields"]["title_key"][0]).replace(" ", "")


def _near(hit: dict[str, Any]) -> Near:
    found = hit["inner_hits"]["passages"]["hits"]["hits"]
    # Elasticsearch gives (1 + cosine) / 2.
    cosines = [2 * one["_score"] - 1 for one in found]
    # The vector of the whole stands nowhere: then the next best is shown.
    best = next((one for one in found if one["fields"]["passages.end"][0]), found[0])["fields"]
    cosine = NEAREST_OF_PAGE * cosines[0] + (1 - NEAREST_OF_PAGE) * fmean(cosines)
    return Near(int(hit["_id"]), round(cosine, 4), *(best[place][0] for place in query.PLACES))
