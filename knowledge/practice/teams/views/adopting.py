"""Adopting an artifact for a team, and giving it up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.teams.adopting import selectors, services
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.forms import AdoptForm
from knowledge.practice.teams.selectors import teams_of
from knowledge.practice.teams.views.finding import team_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, page_id: int) -> HttpResponse:
    """For who is in a team. ``?team=`` proposes one of them."""
    access = access_of(request)
    page = visible(Artifact.objects.filter(pk=page_id), access).first()
    if page is None or not teams_of(request.user).exists():
        raise Http404
    adopted = selectors.of_person(page, request.user)
    slug = request.GET.get("team", "")
    # The note goes on with the newer version, unless somebody changes it.
    note = next((row.note for row in adopted if row.team.slug == slug), "")
    form = AdoptForm(
        request.POST or None, person=request.user, initial={"team": slug, "note": note}
    )
    if form.is_valid():
        try:
            row = services.adopt(page=page, by=request.user, **form.cleaned_data)
        except TeamRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            said = {"team": row.team, "version": row.version, "title": page.title}
            messages.success(
                request, _("%(team)s has adopted version %(version)s of “%(title)s”.") % said
            )
            return redirect("teams:team", row.team.slug)
    context = {
        "page": page,
        "back_url": site_path(page.url_path),
        "form": form,
        "adopted": adopted,
    }
    return render(request, "teams/adopt.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def give_up(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    team = team_of(request, slug)
    rows = selectors.adopted(team, access_of(request))
    row = rows.filter(artifact=page_id).first()
    if row is None:
        raise Http404
    services.give_up(adoption=row, by=request.user)
    messages.success(request, _("“%s” is given up.") % row.artifact.title)
    return redirect("teams:team", slug)
