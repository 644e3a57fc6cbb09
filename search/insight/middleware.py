"""Notes searches and clicks once the reader has the answer. Stands outside the page cache.

A click is seen where it arrives: the reader asks for a page, comes from a page of results, and was
shown that page there. That needs no script, no redirect and no address that anybody could post to.
"""

import logging
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from redis.exceptions import RedisError

from search.insight.recording import sightings, visits
from search.insight.recording.readers import Reader, reader_of
from search.insight.recording.sightings import Sighting

log = logging.getLogger(__name__)
# 304: the browser has the page already, and shows it.
SEEN = (200, 304)


class SearchLogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sighting = sightings.take(request, response)
        if request.method != "GET" or response.status_code not in SEEN:
            return response
        if not settings.PORTAL_SEARCH_LOG_DAYS:
            return response
        # Nearly all requests are neither: they cost one look at a header.
        if sighting is None and "q=" not in request.headers.get("Referer", ""):
            return response
        reader = reader_of(request)
        if reader is not None:
            # Django's own way to do something when the last byte is out; it has no public name.
            closers: list = response._resource_closers  # type: ignore[attr-defined]  # see above
            closers.append(partial(_note, reader, sighting, request.path))
        return response


def _note(reader: Reader, sighting: Sighting | None, path: str) -> None:
    try:
        if sighting is not None:
            visits.saw(reader, sighting, now=timezone.now())
        elif reader.came_from:
            visits.followed(reader, path, now=timezone.now())
    except (DatabaseError, RedisError) as error:
        log.warning("search.log.lost: %s", type(error).__name__)
    except Exception:
        # The answer is out, so Django would pass over it in silence.
        log.exception("search.log.failed")
