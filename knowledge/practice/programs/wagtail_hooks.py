"""What programs add to the page of an artifact, to that of a team and to My work."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_of
from knowledge.practice.programs.models import ProgramRun
from knowledge.practice.programs.selectors import can_start, mine
from knowledge.practice.programs.work import section
from knowledge.practice.teams.lists import TeamLine, TeamList, newest
from knowledge.practice.teams.models import Team
from knowledge.practice.work.sections import Section


@hooks.register("artifact_slots")
def offer_to_start(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if not can_start(page, access_of(request)):
        return {}
    return {"actions": render_to_string("programs/link.html", {"page": page})}


@hooks.register("team_lists", order=15)
def of_team(team: Team, user: Any, access: Access) -> TeamList:
    rows = mine(user, access, team=team)
    return newest(_("Programs"), reverse("programs:index"), team, rows, _line)


def _line(row: ProgramRun) -> TeamLine:
    url = reverse("programs:program", args=[row.pk])
    of = f"{row.title}, {row.version}"
    state = _("Running") if row.is_running else _("Ended")
    return TeamLine(row.name, url, of, state, row.started_at)


@hooks.register("work_sections")
def add_to_work() -> list[Section]:
    return [section()]
