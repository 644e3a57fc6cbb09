"""The private section on the page of its team, and what the log calls it."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from knowledge.catalog.permissions import access_of, enters_admin, is_visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.team_sections import selectors
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import manages


@hooks.register("team_slots")
def show_section(team: Team, request: HttpRequest) -> str:
    section = selectors.section_of(team)
    access = access_of(request)
    if section is not None and not is_visible(section, access):
        return ""
    context = {
        "team": team,
        "section": section,
        "section_url": site_path(section.url_path) if section else "",
        "enters_admin": enters_admin(request.user),
        "manages": manages(team, request.user),
        "places": [] if section else selectors.places(access),
    }
    return render_to_string("team_sections/slot.html", context, request)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "governance.team_section", _("Make a section of a team"), _("Made it the section of a team")
    )
