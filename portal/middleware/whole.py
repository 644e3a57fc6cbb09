"""What an editor sends to a page is done as a whole or not at all.

Wagtail creates, saves and publishes a page one after the other: when the database went away in
between, a page was live without a version and without a line in its history.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

PAGES = "wagtailadmin_pages"
View = Callable[..., HttpResponse]


class WholeMiddleware:
    """Stands last: the transaction holds the work of the view and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        found = request.resolver_match
        if request.method != "POST" or found is None or PAGES not in found.namespaces:
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)
