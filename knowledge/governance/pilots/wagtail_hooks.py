"""What a team sees at the address of a page that it tries, and the way to a pilot in the editor."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors import reading
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.pilots import selectors
from knowledge.governance.pilots.models import Pilot, PilotRun
from knowledge.practice.models import Run
from knowledge.practice.selectors.runnable import can_run
from knowledge.practice.teams.lists import TeamLine, TeamList, newest
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.selectors import known_to

# ``?live`` shows what all others see, ``?version`` an older one.
PAST_THE_PILOT = ("live", "version")


@hooks.register("before_serve_page")
def serve_to_team(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    if not isinstance(page, Artifact) or any(one in request.GET for one in PAST_THE_PILOT):
        return None
    return _serve(page, request)


@hooks.register("serve_unpublished_page")
def serve_draft_to_team(page: Page, request: HttpRequest) -> HttpResponse | None:
    """Of a page that was never published there is nothing else to show."""
    return _serve(page, request) if isinstance(page, Artifact) else None


def _serve(page: Artifact, request: HttpRequest) -> HttpResponse | None:
    pilot = selectors.shown_to(page, request.user)
    if pilot is None:
        return None
    draft = pilot.revision.as_object()
    # What was checked is the live version.
    draft.last_reviewed = draft.reviewed_by = draft.next_review = None
    draft.version = _now("draft after %s") % page.version if page.live else _now("draft")
    facts = {
        "pilot": pilot,
        "is_live": page.live,
        "url": site_path(page.url_path),
        "can_run": can_run(draft),
    }
    banner = render_to_string("pilots/banner.html", facts)
    context = reading.context_of_state(draft, request, head=[banner])
    response = TemplateResponse(request, page.get_template(request), context)
    add_never_cache_headers(response)
    return response


@hooks.register("team_lists", order=70)
def pilots_of_team(team: Team, user: Any, access: Access) -> TeamList:
    rows = selectors.of_team(team, user, access)
    return newest(_now("Pilots"), reverse("pilots:list"), team, rows, _line)


def _line(row: Pilot) -> TeamLine:
    url = reverse("pilots:show", args=[row.pk])
    return TeamLine(row.page.draft_title, url, row.goal, row.get_state_display(), row.opened_at)


@hooks.register("run_slots")
def name_pilot(run: Run, request: HttpRequest) -> dict[str, str]:
    """From a run of a draft one reaches the page on which it is judged."""
    if not run.is_pilot:
        return {}
    tried = PilotRun.objects.filter(run=run.pk).select_related("pilot", "revision").first()
    return {"facts": render_to_string("pilots/of_run.html", {"tried": tried})} if tried else {}


@hooks.register("register_page_header_buttons")
def offer_a_pilot(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Where there is a draft, for who knows a team."""
    is_artifact = issubclass(page.specific_class or Page, Artifact)
    if view_name != "edit" or not is_artifact or not page.has_unpublished_changes:
        return
    if page.permissions_for_user(user).can_edit() and known_to(user).exists():
        yield Button(
            _("Let a team try this draft"),
            reverse("pilots:new", args=[page.pk]),
            icon_name="group",
            priority=56,
        )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    for name, label, done in (
        ("opened", _("Open pilot"), _("A team tries the draft")),
        ("renewed", _("Renew pilot"), _("The team that tries it sees a newer draft")),
        ("ended", _("End pilot"), _("The pilot was ended")),
        ("promoted", _("Promote pilot"), _("What was tried was submitted as the standard")),
    ):
        actions.register_action(f"governance.pilot_{name}", label, done)
