"""What assessments put on the page of an artifact and of a team."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.practice.assessments.models import Round
from knowledge.practice.assessments.permissions import readable
from knowledge.practice.assessments.questions import kept
from knowledge.practice.assessments.selectors import own
from knowledge.practice.teams.lists import TeamLine, TeamList, newest
from knowledge.practice.teams.models import Team


@hooks.register("artifact_slots")
def offer_to_answer(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if not kept(page.body):
        return {}
    return {"actions": render_to_string("assessments/link.html", {"page": page})}


@hooks.register("team_lists", order=40)
def of_team(team: Team, user: Any, access: Access) -> TeamList:
    rows = readable(own(user, team=team), user, access)
    return newest(_("Assessments"), reverse("assessments:index"), team, rows, _line)


def _line(row: Round) -> TeamLine:
    url = reverse("assessments:round", args=[row.pk])
    of = f"{row.title}, {row.version}"
    return TeamLine(row.name, url, of, row.get_state_display(), row.opened_at)
