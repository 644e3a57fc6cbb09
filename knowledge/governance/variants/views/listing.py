"""Lists of variants: those of a person, and those of a standard."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.variants.selectors import drift, gates, kept

A_PAGE = 25
MOST_ASKED = 20


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person keeps, what is behind for longest first."""
    rows = kept.by(request.user)
    if slug := request.GET.get("team", "").replace("\0", ""):
        rows = rows.filter(team__slug=slug)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = kept.lines(found.object_list, access_of(request))
    asked = gates.asked_of(request.user)[:MOST_ASKED]
    return render(request, "variants/mine.html", {"rows": lines, "page": found, "asked": asked})


@require_safe
def of_standard(request: HttpRequest, page_id: int) -> HttpResponse:
    """All variants of one standard that the reader may see."""
    access = access_of(request)
    page = visible(Artifact.objects.filter(pk=page_id), access).first()
    if page is None:
        raise Http404
    found = Paginator(drift.of_standard(page, access), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "standard": page,
        "standard_url": site_path(page.url_path),
        "rows": drift.lines(found.object_list),
        "page": found,
    }
    return render(request, "variants/of_standard.html", context)
