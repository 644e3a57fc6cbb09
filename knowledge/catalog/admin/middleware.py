"""What is closed to somebody does not exist for them in the admin."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from knowledge.catalog.rights import closed_to, is_closed

ADMIN = "admin/"
# What Wagtail and the portal call a page in the addresses of the admin.
NAMES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")


class ClosedPagesMiddleware:
    """404 for an address of the admin that names a page which is closed to the person.

    Many of Wagtail's views name the page before they ask for rights, or in their refusal. Who is asked to
    approve a draft gets to it all the same. One query, and one more while anything is closed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        if match is None or not match.route.startswith(ADMIN):
            return
        named = [kwargs[name] for name in NAMES if name in kwargs]
        if not named or not request.user.is_authenticated or not closed_to(request.user):
            return
        for page in Page.objects.filter(pk__in=named):
            if is_closed(page.path, request.user) and not _asked_to_approve(page, request.user):
                raise Http404


def _asked_to_approve(page: Page, user: Any) -> bool:
    return bool(page.specific.permissions_for_user(user).can_edit())
