"""What one page of results showed, carried in a header of the answer as far as our middleware.

A header, because the page cache keeps headers with a page: so a page that was made once and is
shown a hundred times is a hundred sightings, without a script and without making it anew. The
middleware takes the header off; it never leaves the portal.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from knowledge.catalog.permissions import access_for, access_of
from knowledge.catalog.services import freshness
from search.querying.result import SearchResult

HEADER = "X-Search-Sighting"
# Of a browser that ticks hundreds of filters the first tell enough.
MAX_FILTER_VALUES = 20


@dataclass(frozen=True, slots=True)
class Sighting:
    """``hits`` are ``[id, address]`` in their order; ``state`` is the same for the same choices."""

    words: str
    count: int
    engine: str
    degraded: bool
    took_ms: int
    page: int
    first_position: int
    filters: dict[str, list[str]]
    state: str
    hits: list[list[Any]]
    restricted: bool


def announce(request: HttpRequest, response: HttpResponse, result: SearchResult) -> None:
    """Say what the page shows, if it answers a search by words. Browse pages answer none."""
    asked = result.request
    if not settings.PORTAL_SEARCH_LOG_DAYS or not asked.text or asked.within or asked.under:
        return
    filters = {
        name: list(values[:MAX_FILTER_VALUES]) for name, values in sorted(asked.filters.items())
    }
    state = json.dumps([filters, asked.order, asked.page])
    sighting = Sighting(
        words=asked.q,
        count=result.count,
        engine=result.engine,
        degraded=result.degraded,
        took_ms=round(result.took_ms),
        page=asked.page,
        first_position=(asked.page - 1) * asked.per_page + 1,
        filters=filters,
        state=hashlib.sha256(state.encode()).hexdigest()[:8],
        hits=[[hit.card.id, hit.card.url] for hit in result.hits],
        restricted=_sees_more_than_the_public(request),
    )
    response[HEADER] = json.dumps(asdict(sighting))
    request._search_was_made = True  # type: ignore[attr-defined]  # tells it from a kept page


def take(request: HttpRequest, response: HttpResponse) -> Sighting | None:
    """Take the sighting off the answer. What came from the page cache took no time."""
    raw = response.headers.get(HEADER)
    if raw is None:
        return None
    del response.headers[HEADER]
    fields = json.loads(raw)
    if not getattr(request, "_search_was_made", False):
        fields["took_ms"] = 0
    return Sighting(**fields)


def _sees_more_than_the_public(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    public = freshness.kept("search-log-public", lambda: access_for(None).closed_paths)
    return access_of(request).closed_paths != public
