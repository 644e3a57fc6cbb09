"""Old addresses lead on, with what was asked of them, and never to what is closed."""

from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from knowledge.catalog.permissions import access_of, is_visible


class MovedMiddleware(RedirectMiddleware):
    """Wagtail's own, which told the new address of a page to whom it is closed, and lost what was asked of
    the old one: its versions, downloads and changes. Up to five queries for what is not there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        bare = urlsplit(path).path
        above, _slash, last = bare.rpartition("/")
        query = f"?{request.META['QUERY_STRING']}" if "?" in path else ""
        below = f"{last}{'/' if request.path.endswith('/') else ''}{query}"
        for old, rest in {path: "", bare: query, above: below}.items():
            moved = get_redirect(request, old) if old else None
            link = moved.link if moved is not None else None
            if moved is None or link is None:
                continue
            page = moved.redirect_page
            if page is None:
                # Only a page is known to have questions and addresses of its own.
                if old == above:
                    continue
                rest = ""
            elif not is_visible(page, access_of(request)):
                continue
            if rest and _is_taken(request, old):
                # What the page of today refuses is not asked of the one that was there before.
                continue
            if old == above:
                link = f"{link.rstrip('/')}/"
            answer = HttpResponsePermanentRedirect if moved.is_permanent else HttpResponseRedirect
            return answer(f"{link}{rest}")
        return response


def _is_taken(request: HttpRequest, path: str) -> bool:
    """Whether a page stands there now: an old address outlives the way back to it."""
    site = Site.find_for_request(request)
    root = site.root_page.url_path.rstrip("/") if site is not None else ""
    return Page.objects.live().filter(url_path=f"{root}{path}/").exists()
