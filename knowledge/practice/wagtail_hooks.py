"""What practice puts on the page of an artifact, and on that of a team."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.practice.models import Decision, Run
from knowledge.practice.permissions import readable
from knowledge.practice.selectors.decisions import tree_of
from knowledge.practice.selectors.runnable import can_run
from knowledge.practice.selectors.runs import mine, of_live_version
from knowledge.practice.teams.lists import TeamLine, TeamList, newest
from knowledge.practice.teams.models import Team


@hooks.register("artifact_slots")
def offer_to_fill(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if page.kind != Kind.TEMPLATE:
        return {}
    return {"actions": render_to_string("practice/filling/link.html", {"page": page})}


@hooks.register("artifact_slots")
def offer_to_decide(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if page.kind != Kind.DECISION_FRAMEWORK or tree_of(page) is None:
        return {}
    return {"actions": render_to_string("practice/decisions/link.html", {"page": page})}


@hooks.register("artifact_slots")
def offer_to_run(page: Artifact, request: HttpRequest) -> dict[str, str]:
    if not can_run(page):
        return {}
    one = of_live_version(page)
    context = {"page": page, "record": one, "one": one}
    pieces: dict[str, str] = {
        "actions": render_to_string("practice/runs/link.html", context),
        "proof": render_to_string("practice/runs/step/proof.html", context),
    }
    if one is not None:
        pieces["aside"] = render_to_string("practice/runs/taught.html", context)
    return pieces


@hooks.register("team_lists", order=10)
def runs_of_team(team: Team, user: Any, access: Access) -> TeamList:
    return newest(
        _("Runs"), reverse("practice:runs"), team, mine(user, access, team=team), _line_of_run
    )


@hooks.register("team_lists", order=20)
def decisions_of_team(team: Team, user: Any, access: Access) -> TeamList:
    rows = readable(Decision.objects.filter(team=team), user, access)
    return newest(_("Decisions"), reverse("practice:decisions"), team, rows, _line_of_decision)


def _line_of_run(row: Run) -> TeamLine:
    url = reverse("practice:run", args=[row.pk])
    of = f"{row.title}, {row.version}"
    return TeamLine(row.name, url, of, row.get_state_display(), row.started_at)


def _line_of_decision(row: Decision) -> TeamLine:
    url = reverse("practice:decision", args=[row.pk])
    of = f"{row.title}, {row.version}"
    return TeamLine(row.name, url, of, row.get_state_display(), row.decided_at)
