"""What a person has to confirm, and for those who answer for an artifact, who has."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.acknowledging import demands, permissions, selectors, services

A_PAGE = 50
# What a spreadsheet would take for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@never_cache
@login_required
@require_safe
def open_list(request: HttpRequest) -> HttpResponse:
    found = selectors.open_for(request.user, access_of(request))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, site_path(one.url_path)) for one in page.object_list]
    return render(request, "acknowledging/open.html", {"lines": lines, "page": page})


@login_required
@require_POST
def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _page(request, page_id)
    version = request.POST.get("version", "")
    try:
        services.confirm(page=page, by=request.user, version=version, now=timezone.now())
    except KnowledgeError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. It is noted that you have read it."))
    return redirect(site_path(page.url_path))


@never_cache
@login_required
@require_safe
def people(request: HttpRequest, page_id: int) -> HttpResponse:
    artifact = _overseen(request, page_id)
    found = selectors.concerned(artifact)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "artifact": artifact,
        "url": site_path(artifact.url_path),
        "readers": selectors.readers(page.object_list),
        "page": page,
        "done": found.filter(read_at__isnull=False).count(),
    }
    return render(request, "acknowledging/people.html", context)


@never_cache
@login_required
@require_safe
def people_csv(request: HttpRequest, page_id: int) -> HttpResponse:
    """All of them, in UTF-8 with the mark that spreadsheets look for."""
    artifact = _overseen(request, page_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{artifact.slug}-read.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([_("Name"), _("User name"), _("Version"), _("Confirmed at")])
    for one in selectors.readers(selectors.concerned(artifact)):
        at = timezone.localtime(one.confirmed_at) if one.confirmed_at else None
        when = date_format(at, "Y-m-d H:i") if at else ""
        writer.writerow([_as_text(cell) for cell in (one.name, one.login, one.version, when)])
    return response


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _page(request: HttpRequest, page_id: int) -> Artifact:
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    if page is None:
        raise Http404
    return page


def _overseen(request: HttpRequest, page_id: int) -> Artifact:
    page = _page(request, page_id)
    if demands.over(page.path) is None or not permissions.oversees(request.user, page):
        raise Http404
    return page
