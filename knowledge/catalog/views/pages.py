"""Answers the address of a page with one look-up; Wagtail walks the tree, one query a level."""

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail import hooks
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve

from knowledge.catalog.permissions import access_of, is_visible


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the live page at ``path``; everything unusual is left to Wagtail's own view."""
    if "\x00" in path or len(path) > 1000:
        raise Http404
    roots = Site.get_site_root_paths()
    if not roots:
        return wagtail_serve(request, path)
    tail = path.strip("/")
    url_path = f"{roots[0].root_path}{tail}/" if tail else roots[0].root_path
    page = Page.objects.filter(url_path=url_path, live=True).select_related("content_type").first()
    if page is None:
        return _unpublished(url_path, request) or wagtail_serve(request, path)
    if not is_visible(page, access_of(request)):
        # What a person may not see does not exist for that person.
        raise Http404
    specific = page.specific
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(specific, request, [], {})
        if isinstance(answer, HttpResponseBase):
            return answer
    return specific.serve(request)


def _unpublished(url_path: str, request: HttpRequest) -> HttpResponseBase | None:
    """A page that is not live is there only where the hook ``serve_unpublished_page`` answers."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return None
    page = Page.objects.filter(url_path=url_path, live=False).select_related("content_type").first()
    if page is None or not access_of(request).opens(page.path):
        return None
    for hook in hooks.get_hooks("serve_unpublished_page"):
        answer = hook(page.specific, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    return None
