"""The team of an address, for those whom it exists for."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import manages
from knowledge.practice.teams.selectors import known_to


def team_of(request: HttpRequest, slug: str) -> Team:
    """Raises Http404 for a team that the person may not see."""
    team = known_to(request.user).filter(slug=slug).first()
    if team is None:
        raise Http404
    return team


def managed(request: HttpRequest, slug: str) -> Team:
    """Raises Http404, and PermissionDenied for members who do not lead it."""
    team = team_of(request, slug)
    if not manages(team, request.user):
        raise PermissionDenied(_("Only who leads the team may do that."))
    return team
