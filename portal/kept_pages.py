"""Kept pages, answered before Django begins: the page cache's own answers, once more from outside.

The page cache (portal/middleware/page_cache.py) decides what may be kept and until when. Here lies
what such an answer looked like when it left Django, with the headers of all middleware; a second
request for it costs one look at the stamp. Whatever is not plainly the same request goes to Django:
another scheme or host, a session, a click on a page of results, a conditional request of any form
but the usual one.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings

from knowledge.catalog.services import freshness
from knowledge.governance.measures.recording import middleware as usage
from portal.middleware import page_cache, request_id
from search.insight.recording import sightings

Environ = dict[str, Any]
# A request is told from others by these.
SAME = (
    "wsgi.url_scheme",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_HOST",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
)

store = page_cache.PageStore()


class KeptPages:
    """A WSGI application around Django's."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.cookies = (settings.SESSION_COOKIE_NAME, "messages")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self._askable(environ):
            return self.application(environ, start_response)
        key = "\n".join(environ.get(name, "") for name in SAME)
        entry = store.get(key)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if entry and known in (None, entry.etag) and self._is_good(entry):
            return self._answer(environ, entry, start_response, is_known=known is not None)

        def recorded(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            kept = environ.get(page_cache.KEPT)
            if kept and status.startswith("200") and sightings.HEADER not in kept.headers:
                ours = {name: value for name, value in headers if name != request_id.HEADER}
                if "Set-Cookie" not in ours:
                    store.put(key, replace(kept, headers=ours))
            return start_response(status, headers, *error)

        return self.application(environ, recorded)

    def _askable(self, environ: Environ) -> bool:
        cookies = environ.get("HTTP_COOKIE", "")
        return (
            environ["REQUEST_METHOD"] == "GET"
            and not (cookies and any(name in cookies for name in self.cookies))
            # From a page of results: a click, which is counted.
            and "q=" not in environ.get("HTTP_REFERER", "")
            and "HTTP_IF_MODIFIED_SINCE" not in environ
        )

    def _is_good(self, entry: page_cache.Entry) -> bool:
        return entry.expires > time.monotonic() and entry.stamp == freshness.current()

    def _answer(
        self,
        environ: Environ,
        entry: page_cache.Entry,
        start_response: Callable[..., Any],
        *,
        is_known: bool,
    ) -> Iterable[bytes]:
        if entry.shows:
            usage.shown(entry.shows, environ)
        own = [(request_id.HEADER, request_id.chosen(environ.get("HTTP_X_REQUEST_ID", "")))]
        if is_known:
            kept = [pair for pair in entry.headers.items() if pair[0] not in page_cache.OF_THE_BODY]
            start_response("304 Not Modified", kept + own)
            return ()
        start_response("200 OK", [*entry.headers.items(), *own])
        return (entry.body,)
