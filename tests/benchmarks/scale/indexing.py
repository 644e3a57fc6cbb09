"""How fast documents come into Elasticsearch: by the portal, and by the bare client."""

import time
from dataclasses import dataclass

from elasticsearch.helpers import bulk

from search.indexing import aliases, client, documents, rebuilding
from search.models import SearchEntry

# As many of the same documents, ready in memory, are enough to know the rate of the client.
COMPARED = 20_000


@dataclass(frozen=True)
class Rates:
    """Documents a second."""

    portal: float
    client: float

    @property
    def ratio(self) -> float:
        return self.portal / self.client


def measure() -> Rates:
    done = rebuilding.rebuild(progress=_tell)
    return Rates(portal=done.documents / done.seconds, client=_client_rate())


def _tell(done: int, total: int) -> None:
    if done % 10_000 == 0:
        print(f"  indexed {done:,} of {total:,}", flush=True)


def _client_rate() -> float:
    elastic = client.writing()
    ids = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True)[:COMPARED])
    ready = documents.documents(ids)
    index = aliases.create(elastic)
    try:
        started = time.perf_counter()
        bulk(
            elastic,
            ({"_index": index, "_id": one["id"], "_source": one} for one in ready),
            chunk_size=rebuilding.BATCH,
        )
        elastic.indices.refresh(index=index)
        return len(ready) / (time.perf_counter() - started)
    finally:
        aliases.discard(elastic, [index])
