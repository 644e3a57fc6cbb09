"""The form that derives a variant of a standard."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.variants import permissions
from knowledge.governance.variants.errors import VariantRefused
from knowledge.governance.variants.services import deriving
from knowledge.practice.teams.selectors import teams_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, page_id: int) -> HttpResponse:
    """What a person may not see does not exist; who may add pages nowhere is told so."""
    access = access_of(request)
    page = visible(Artifact.objects.filter(pk=page_id), access).first()
    if page is None or not permissions.can_have_variants(page.specific):
        raise Http404
    page = page.specific
    places = list(permissions.places(request.user, access).only("pk", "title", "path", "depth"))
    if not places:
        raise PermissionDenied(_("You may not add pages to any section."))
    chosen = request.POST.get("place", "")
    place = next((one for one in places if str(one.pk) == chosen), None)
    shallowest = min(one.depth for one in places)
    teams = list(teams_of(request.user))
    for_team = request.POST.get("team", "")
    team = next((one for one in teams if str(one.pk) == for_team), None)
    context: dict[str, Any] = {
        "page": page,
        "teams": teams,
        "team": for_team,
        "back_url": site_path(page.url_path),
        "why_not": deriving.refusal(page),
        "places": [(one, "– " * (one.depth - shallowest)) for one in places],
        "chosen": chosen or str(_usual(page, places)),
        "title": request.POST.get("title", ""),
        "max_title": deriving.MAX_TITLE_CHARS,
    }
    if request.method != "POST":
        return render(request, "variants/new.html", context)
    try:
        if place is None:
            raise VariantRefused(_("Choose the section that the variant shall stand in."), "place")
        if for_team and team is None:
            raise VariantRefused(_("You are not in this team. Choose another, or none."), "team")
        variant = deriving.derive(
            parent=page,
            by=request.user,
            place=place,
            title=context["title"],
            at=timezone.now(),
            team=team,
        )
    except VariantRefused as refusal:
        context["errors"] = {refusal.field: str(refusal)}
        return render(request, "variants/new.html", context, status=400)
    messages.success(request, _("The variant is there as a draft: change what is yours in it."))
    return redirect("wagtailadmin_pages:edit", variant.page_id)


def _usual(page: Artifact, places: list[Any]) -> int | str:
    """Where the standard stands, if the person may add there."""
    parent = page.path[: -page.steplen]
    return next((one.pk for one in places if one.path == parent), "")
