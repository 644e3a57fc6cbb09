"""The list of a person's rounds, the page of one, and its result as a file."""

import csv
import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knowledge.catalog.permissions import access_of
from knowledge.practice.assessments import selectors
from knowledge.practice.assessments.permissions import FEWEST, readable
from knowledge.practice.assessments.views.finding import round_of
from knowledge.practice.forms.people import PersonForm
from knowledge.practice.teams import choosing

A_PAGE = 25
# What a spreadsheet would carry out.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    narrowed = choosing.narrowing(request)
    own = selectors.own(request.user, team=narrowed["of_team"])
    rows = readable(own, request.user, access_of(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": page.object_list, "page": page, **narrowed}
    return render(request, "assessments/list.html", context)


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, round_id: int) -> HttpResponse:
    one = round_of(request, round_id)
    shown = selectors.shown(one, request.user, access_of(request))
    context = {"round": shown, "form": PersonForm(), "fewest": FEWEST}
    return render(request, "assessments/show.html", context)


@never_cache
@login_required
@require_safe
def export(request: HttpRequest, round_id: int, extension: str) -> HttpResponse:
    """The result as CSV or JSON, for those who see it."""
    shown = selectors.shown(round_of(request, round_id), request.user, access_of(request))
    rows = selectors.as_rows(shown)
    if not rows or extension not in ("csv", "json"):
        raise Http404
    response: HttpResponse
    if extension == "json":
        response = JsonResponse({"results": rows})
    else:
        response = HttpResponse(_as_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"assessment-{round_id}.{extension}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _as_csv(rows: list[dict[str, Any]]) -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, fieldnames=list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(value) for name, value in row.items()})
    return target.getvalue()


def _harmless(value: Any) -> Any:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if is_formula else value
