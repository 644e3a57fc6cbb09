"""What weighted decisions put on the page of an artifact and of a team."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.practice.teams.lists import TeamLine, TeamList, newest
from knowledge.practice.teams.models import Team
from knowledge.practice.weighing.models import Weighing
from knowledge.practice.weighing.permissions import readable
from knowledge.practice.weighing.selectors import matrix_of, own


@hooks.register("artifact_slots")
def offer_to_weigh(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if page.kind != Kind.DECISION_FRAMEWORK or matrix_of(page) is None:
        return {}
    return {"actions": render_to_string("weighing/link.html", {"page": page})}


@hooks.register("team_lists", order=50)
def of_team(team: Team, user: Any, access: Access) -> TeamList:
    rows = readable(own(user, team=team), user, access)
    return newest(
        _("Matrices that wait to be decided"), reverse("weighing:index"), team, rows, _line
    )


def _line(row: Weighing) -> TeamLine:
    url = reverse("weighing:show", args=[row.pk])
    of = f"{row.title}, {row.version}"
    return TeamLine(row.name, url, of, _("waits to be decided"), row.opened_at)
