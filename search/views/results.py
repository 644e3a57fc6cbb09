"""``/search/`` and what appears below the box while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.catalog.permissions import access_of
from search.querying import service
from search.views import answering


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    search = answering.wanted(request)
    extra = {
        "heading": _("Results for “%(query)s”") % {"query": search.q} if search.q else _("Search"),
        "intro": "",
    }
    return answering.page(request, search, "search/results.html", extra)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """``{"suggestions": [{title, url, kind, kind_label}]}``, best first."""
    found = service.suggest(request.GET.get("q", ""), access_of(request))
    suggestions = [
        {"title": one.title, "url": one.url, "kind": one.kind, "kind_label": one.kind_label}
        for one in found
    ]
    response = JsonResponse({"suggestions": suggestions})
    # The same letters are typed again and again; but nothing stays after a log-out.
    response["Cache-Control"] = (
        "private, no-store" if request.user.is_authenticated else "private, max-age=30"
    )
    return response
