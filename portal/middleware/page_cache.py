"""Finished pages for people who are not logged in, straight from memory.

An entry is good while the freshness stamp (knowledge/catalog/services/freshness.py) is the one
it was made under: publishing, moving, rights and taxonomy changes replace the stamp, so that an
unpublished or closed page is gone at once, in every process. The stamp is asked on every request;
the pages themselves are kept in the process, so that a hit costs one look at the cache server.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

from knowledge.catalog.services import freshness
from knowledge.catalog.views.artifact import SHOWN

# Together and each: whoever varies the query of large pages must not fill the memory.
MAX_BYTES = 24_000_000
MAX_BODY_BYTES = 1_000_000
# What an entry weighs besides its body: address, headers and the objects around them.
OVERHEAD_BYTES = 2_000
NEVER = (
    "/admin/",
    "/healthz/",
    "/api/",
    "/login/",
    "/logout/",
    "/feedback/",
    "/documents/",
    "/metrics",
)
# Where the entry of an answer lies in the environment of the request, for portal/kept_pages.py.
KEPT = "portal.kept_page"
# What an answer without a body does not have.
OF_THE_BODY = ("Content-Type", "Content-Length", "Content-Disposition")


@dataclass(frozen=True, slots=True)
class Entry:
    """``headers`` are complete, policies included: only the id of the request is set outside."""

    stamp: str
    expires: float
    body: bytes
    etag: str
    headers: dict[str, str]
    # The id of the artifact that it shows; 0 when it shows none.
    shows: int = 0


class PageStore:
    """Pages of this process, at most ``limit`` bytes of them; the one not asked for longest goes."""

    def __init__(self, limit: int = MAX_BYTES) -> None:
        self._pages: OrderedDict[str, Entry] = OrderedDict()
        self._limit = limit
        self._lock = threading.Lock()
        self.size = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: str) -> Entry | None:
        with self._lock:
            entry = self._pages.get(key)
            if entry is not None:
                self._pages.move_to_end(key)
            return entry

    def put(self, key: str, entry: Entry) -> None:
        with self._lock:
            replaced = self._pages.pop(key, None)
            self._pages[key] = entry
            self.size += _weight(entry) - (_weight(replaced) if replaced else 0)
            while self.size > self._limit:
                _key, gone = self._pages.popitem(last=False)
                self.size -= _weight(gone)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.size = 0


def _weight(entry: Entry) -> int:
    return len(entry.body) + OVERHEAD_BYTES


store = PageStore()


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = settings.PORTAL_PAGE_CACHE_SECONDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._askable(request):
            return self.get_response(request)
        # Read before the page is made: what changes meanwhile makes the entry stale at once.
        stamp = freshness.current()
        key = f"{request.get_host()}{request.get_full_path()}"
        entry = store.get(key)
        if entry and stamp and entry.stamp == stamp and entry.expires > time.monotonic():
            return self._answer(request, entry)
        response = self.get_response(request)
        if not stamp or not self._keepable(request, response):
            return response
        entry = self._entry(response, stamp)
        store.put(key, entry)
        return self._answer(request, entry)

    def _askable(self, request: HttpRequest) -> bool:
        return (
            self.seconds > 0
            and request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "messages" not in request.COOKIES
            and not request.path.startswith(NEVER)
        )

    def _keepable(self, request: HttpRequest, response: HttpResponse) -> bool:
        return (
            request.method == "GET"
            and response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "no-store" not in response.get("Cache-Control", "")
            and "private" not in response.get("Cache-Control", "")
            and len(response.content) <= MAX_BODY_BYTES
        )

    def _entry(self, response: HttpResponse, stamp: str) -> Entry:
        body = response.content
        etag = response.get("ETag") or f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        headers = {
            **dict(response.items()),
            "ETag": etag,
            # Browsers ask each time: a page that was closed must not be shown from their store.
            "Cache-Control": "public, max-age=0, must-revalidate",
            "Vary": "Cookie",
            "Content-Length": str(len(body)),
        }
        shows = int(headers.get(SHOWN, 0))
        return Entry(stamp, time.monotonic() + self.seconds, body, etag, headers, shows)

    def _answer(self, request: HttpRequest, entry: Entry) -> HttpResponse:
        request.META[KEPT] = entry
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and (known == entry.etag or get_conditional_response(request, etag=entry.etag)):
            response: HttpResponse = HttpResponseNotModified()
            for name, value in entry.headers.items():
                if name not in OF_THE_BODY:
                    response[name] = value
            return response
        return HttpResponse(entry.body, headers=entry.headers)
