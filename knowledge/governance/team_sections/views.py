"""Making the private section of a team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knowledge.catalog.permissions import access_of
from knowledge.governance.team_sections import selectors, services
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.selectors import known_to


@login_required
@require_POST
def new(request: HttpRequest, slug: str) -> HttpResponse:
    team = known_to(request.user).filter(slug=slug).first()
    if team is None:
        raise Http404
    place = request.POST.get("category", "")
    category = selectors.places(access_of(request)).filter(slug=place).first()
    if category is None:
        messages.error(request, _("Choose one of the categories."))
        return redirect("teams:team", slug)
    try:
        services.open_section(team=team, by=request.user, category=category)
    except TeamRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The section is made. Only the team reads it."))
    return redirect("teams:team", slug)
