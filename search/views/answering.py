"""What all pages with a result share: errors in the site's style, empty states, caching."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_of, visible
from knowledge.catalog.selectors.cards import Card, cards
from search.insight.recording import sightings
from search.querying import service
from search.querying.errors import BadFilter, NoSuchPage
from search.querying.request import SearchRequest, from_parameters
from search.views import presenting

POPULAR = 6


def wanted(request: HttpRequest) -> SearchRequest:
    """What the address asks for; 404 when ``page`` is not the number of a page."""
    try:
        return from_parameters(request.GET)
    except NoSuchPage:
        raise Http404(_("There is no such page of results.")) from None


def page(
    request: HttpRequest, search: SearchRequest, template: str, extra: dict[str, Any]
) -> HttpResponse:
    """The result in ``template``; 400 with a sentence for an unknown value, 404 beyond the end."""
    access = access_of(request)
    try:
        result = service.find(search, access)
    except BadFilter as refusal:
        return refused(request, refusal)
    except NoSuchPage:
        raise Http404(_("There is no such page of results.")) from None
    context = presenting.context(result, request.path)
    context["popular"] = [] if result.count else popular(access)
    response = TemplateResponse(request, template, {**context, **extra})
    if result.engine != "database" or result.degraded:
        # Cached pages are thrown away when a change commits. Elasticsearch knows of the change a
        # moment later: what it says in between must not be kept, nor that it was away.
        response["Cache-Control"] = "private, no-cache"
    sightings.announce(request, response, result)
    return response


def refused(request: HttpRequest, refusal: BadFilter) -> HttpResponse:
    context = {"message": str(refusal), "field": refusal.field, "value": refusal.value}
    return TemplateResponse(request, "search/bad_filter.html", context, status=400)


def popular(access: Access) -> list[Card]:
    """A way on when nothing was found: what was checked last."""
    shelf = visible(Artifact.objects.all(), access).filter(
        last_reviewed__isnull=False, superseded_by__isnull=True, archived_at__isnull=True
    )
    checked = shelf.exclude(kind=Kind.FAQ).order_by("-last_reviewed", "title")
    return cards(checked[:POPULAR])
