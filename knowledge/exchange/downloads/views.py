"""Downloads over HTTP: the visibility rule of pages, then a file with its name and its identity."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import Page

from knowledge.catalog.models import Artifact, CategoryPage, FaqPage, SectionPage
from knowledge.catalog.permissions import Access, access_of
from knowledge.catalog.selectors.addresses import page_at
from knowledge.catalog.selectors.categories import site_path
from knowledge.exchange.downloads import bundle, service
from knowledge.exchange.downloads.formats import BY_EXTENSION
from knowledge.exchange.errors import DownloadFailed, FormatUnavailable
from knowledge.governance.measures.recording import counter
from knowledge.governance.visitors import is_person


@require_safe
def artifact(request: HttpRequest, path: str, extension: str) -> HttpResponseBase:
    """The live version of the artifact at ``path`` as a file."""
    access = access_of(request)
    page = _visible_page(path, access)
    if not isinstance(page, Artifact):
        raise Http404
    try:
        made = service.make(page, BY_EXTENSION[extension], access)
    except FormatUnavailable as error:
        return _sorry(request, page, str(error), 503)
    except DownloadFailed as error:
        return _sorry(request, page, str(error), 500)
    response: Any = _unchanged(request, made.digest, made.modified.timestamp())
    if response is None:
        response = FileResponse(
            made.path.open("rb"),
            as_attachment=True,
            filename=made.name,
            content_type=made.media_type,
        )
        _count(request, page, extension)
    return _headed(request, response, made.digest, made.modified.timestamp())


@require_safe
def section(request: HttpRequest, path: str) -> HttpResponseBase:
    """All that the person may see below the section at ``path``, as a ZIP."""
    access = access_of(request)
    page = _visible_page(path, access)
    if not isinstance(page, CategoryPage | SectionPage | FaqPage):
        raise Http404
    made = bundle.of(page, access)
    response: Any = _unchanged(request, made.digest, made.modified.timestamp())
    if response is None:
        response = bundle.answer(made)
    return _headed(request, response, made.digest, made.modified.timestamp())


def _count(request: HttpRequest, page: Artifact, extension: str) -> None:
    """Whole files that people take along; a program that resumes one asks for a range of it."""
    if request.method == "GET" and "Range" not in request.headers and is_person(request.headers):
        counter.note(page.pk, extension)


def _visible_page(path: str, access: Access) -> Page:
    """The page at ``path``; what does not exist for the person is not found."""
    page = page_at(path, access)
    if page is None:
        raise Http404
    return page


def _unchanged(request: HttpRequest, digest: str, modified: float) -> HttpResponse | None:
    """304 when the person already has this file."""
    asked = get_conditional_response(request, etag=f'"{digest}"', last_modified=int(modified))
    return asked if asked is not None and asked.status_code == 304 else None


def _headed(
    request: HttpRequest, response: HttpResponseBase, digest: str, modified: float
) -> HttpResponseBase:
    response["ETag"] = f'"{digest}"'
    response["Last-Modified"] = http_date(modified)
    # Asked for each time: an artifact that was closed must not come from a store on the way.
    user = getattr(request, "user", None)
    scope = "private" if user is not None and user.is_authenticated else "public"
    response["Cache-Control"] = f"{scope}, max-age=0, must-revalidate"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ["Cookie"])
    return response


def _sorry(request: HttpRequest, page: Artifact, message: str, status: int) -> HttpResponse:
    context = {"page": page, "message": message, "back_url": site_path(page.url_path)}
    return render(request, "exchange/unavailable.html", context, status=status)
