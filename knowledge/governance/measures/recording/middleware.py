"""Counts the pages that people are shown. Stands outside the page cache.

The view says in a header which artifact the answer shows; the page cache keeps the header with the
page, and here it is taken off. So a page that was made once and is shown a hundred times counts a
hundred times, without a script. What is answered before Django begins counts by ``shown``.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from knowledge.catalog.views.artifact import SHOWN
from knowledge.governance.measures.models import Usage
from knowledge.governance.measures.recording import counter
from knowledge.governance.visitors import PREFETCHING, is_person

# 304: the browser has the page already, and shows it.
SEEN = (200, 304)
_NAMES = {name: f"HTTP_{name.upper().replace('-', '_')}" for name in ("User-Agent", *PREFETCHING)}


class UsageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        page_id = response.headers.get(SHOWN)
        if page_id is None:
            return response
        del response.headers[SHOWN]
        if request.method == "GET" and response.status_code in SEEN:
            shown(int(page_id), request.META)
        return response


def shown(page_id: int, environ: Mapping[str, str]) -> None:
    """Somebody was shown the artifact; ``environ`` is that of WSGI."""
    if is_person({name: environ.get(key, "") for name, key in _NAMES.items()}):
        counter.note(page_id, Usage.What.VIEW)
