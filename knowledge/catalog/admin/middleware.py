"""What is closed to somebody does not exist for them in the admin."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.models import Page

from knowledge.catalog.rights import asking, closed_to, is_hidden, is_way_in

ADMIN = "admin/"
# What Wagtail and the portal call a page in the addresses of the admin,
NAMES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
# and in what is asked or sent there: a new place, a successor, the target of a best bet.
POINTERS = ("new_parent_page", "parent_page", "chooser", "successor", "artifact", "first")
# Where a page has a name of its own.
OTHER_NAMES = {"revisions_compare": "pk"}
OTHER_POINTERS = {"wagtailadmin_choose_page_chosen_multiple": "id"}
# Ways down the tree: through a closed section, too, when something in it is open to the person.
EXPLORING = ("wagtailadmin_explore", "wagtailadmin_explore_results")
# Reports that count and name pages of the whole tree.
OF_EVERYTHING = ("page_types_usage", "page_types_usage_results")


class ClosedPagesMiddleware:
    """404 for a request of the admin that names a page which is closed to the person.

    Many of Wagtail's views name the page before they ask for rights, or in their refusal, and its forms take
    the id of any. Who is asked to approve a draft gets to it all the same. One query, and one more for each
    page that is named while anything is closed. Also says who asks (``rights.asking``) to what has no request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = asking.set(None)
        try:
            return self.get_response(request)
        finally:
            asking.reset(token)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        if match is None or not match.route.startswith(ADMIN):
            return
        asking.set(request.user)
        of_everything = match.url_name in OF_EVERYTHING
        named = set(_named(request, match))
        if not (named or of_everything) or not request.user.is_authenticated:
            return
        if of_everything and closed_to(request.user):
            raise Http404
        if not named or not closed_to(request.user):
            return
        explores = match.url_name in EXPLORING
        for page in Page.objects.filter(pk__in=named):
            if explores and is_way_in(page.path, request.user):
                continue
            if is_hidden(page, request.user):
                raise Http404


def _named(request: HttpRequest, match: ResolverMatch) -> Iterator[int]:
    names = {*NAMES, OTHER_NAMES.get(match.url_name or "")}
    given = (_number(str(value)) for name, value in match.kwargs.items() if name in names)
    yield from filter(None, given)
    for sent in (request.GET, request.POST):
        for name in (*POINTERS, OTHER_POINTERS.get(match.url_name or "", "")):
            yield from filter(None, map(_number, sent.getlist(name)))


def _number(text: str) -> int | None:
    """As forms read it: with spaces and zeros before it, too. No page has what no column can hold."""
    try:
        number = int(text)
    except ValueError:
        return None
    return number if 0 < number < 2**31 else None
