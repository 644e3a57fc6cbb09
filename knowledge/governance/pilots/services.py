"""Opening a pilot, hearing its team, and what becomes of it. All of it is in the audit."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.governance.pilots import carried
from knowledge.governance.pilots.errors import PilotRefused
from knowledge.governance.pilots.models import MAX_WORDS_CHARS, Experience, Pilot
from knowledge.governance.pilots.selectors import may_steer
from knowledge.governance.services import moderation
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors import asking, bodies
from knowledge.governance.variants.services import letters
from knowledge.governance.variants.services.carrying import carry
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import is_member
from knowledge.practice.teams.selectors import known_to, members_of

State = Pilot.State
MAX_NOTE_CHARS = 300


@transaction.atomic
def start(*, page: Artifact, by: Any, team: Team, goal: str, at: datetime) -> Pilot:
    """Open the newest draft of ``page`` to the members of ``team``, who hear of it.

    Raises:
        PermissionDenied: ``by`` may not edit the page, or the team does not exist for them.
        IncompleteArtifact: the draft lacks what it needs to be published, gates of a standard too.
        PilotRefused: there is no draft, the team tries it already, or nothing says what is tried.
    """
    page = Artifact.objects.select_for_update(of=("self",)).get(pk=page.pk)
    may = page.permissions_for_user(by).can_edit()
    if not may or not known_to(by).filter(pk=team.pk).exists():
        raise PermissionDenied("Only who may edit the page opens it, to a team that they know.")
    goal = _words(goal)
    if not goal:
        raise PilotRefused(_("Say what the team shall find out."), "goal")
    _demand_draft(page)
    if Pilot.objects.filter(page=page.pk, team=team, state=State.RUNNING).exists():
        raise PilotRefused(_("This team tries it already."), "team")
    pilot = Pilot.objects.create(
        page=page,
        revision=page.latest_revision,
        team=team,
        team_name=team.name,
        goal=goal,
        opened_by=by,
        opened_at=at,
    )
    data = {"team": team.name, "goal": goal}
    log(page.specific, "governance.pilot_opened", user=by, data=data, revision=pilot.revision)
    people = [row.person for row in members_of(team)[: letters.MOST] if row.person.pk != by.pk]
    letters.send(
        to=[person for person in people if access_for(person).opens(page.path)],
        subject=_("A pilot for %(team)s: %(title)s")
        % {"team": team.name, "title": page.draft_title},
        lines=[f"{called(by)}: {goal}"],
        path=reverse("pilots:show", args=[pilot.pk]),
    )
    return pilot


@transaction.atomic
def renew(*, pilot: Pilot, by: Any) -> Pilot:
    """From now on the team sees the newest draft. Raises as ``start`` does."""
    pilot = _steered(pilot, by)
    _demand_draft(pilot.page)
    pilot.revision = pilot.page.latest_revision
    pilot.save(update_fields=["revision"])
    data = {"team": pilot.team_name}
    log(pilot.page.specific, "governance.pilot_renewed", user=by, data=data)
    return pilot


@transaction.atomic
def say(*, pilot: Pilot, by: Any, verdict: str, text: str, at: datetime) -> Experience:
    """What a member of the team has to say; who opened the pilot hears of it.

    Raises:
        PermissionDenied: ``by`` is not in the team, or may not see the page.
        PilotRefused: the pilot is over, or something is missing.
    """
    pilot = _locked(pilot)
    if not is_member(pilot.team, by) or not access_for(by).opens(pilot.page.path):
        raise PermissionDenied("Only the team says how it goes.")
    if not pilot.is_running:
        raise PilotRefused(_("The pilot is over. Say it as feedback on the page."))
    if verdict not in Experience.Verdict.values:
        raise PilotRefused(_("Say whether it works better, worse or the same."), "verdict")
    text = _words(text)
    if not text:
        raise PilotRefused(_("Say in a few words how it goes."), "text")
    said = Experience.objects.create(pilot=pilot, author=by, verdict=verdict, text=text, at=at)
    opener = pilot.opened_by
    if opener is not None and opener.pk != by.pk and access_for(opener).opens(pilot.page.path):
        letters.send(
            to=[opener],
            subject=_("On the pilot of %s") % pilot.page.draft_title,
            lines=[f"{called(by)}: {said.get_verdict_display()}", text],
            path=reverse("pilots:show", args=[pilot.pk]),
        )
    return said


@transaction.atomic
def end(*, pilot: Pilot, by: Any, reason: str, at: datetime) -> Pilot:
    """The team sees again what all see; the draft stays where it is.

    Raises:
        PermissionDenied: ``by`` neither may edit the page nor leads the team.
        PilotRefused: it is over already, or no reason is given.
    """
    pilot = _steered(pilot, by)
    reason = _words(reason)
    if not reason:
        raise PilotRefused(_("Say why it ends, for those who come after."), "reason")
    return _closed(pilot, State.ENDED, by, reason, at)


@transaction.atomic
def promote(
    *, pilot: Pilot, by: Any, note: str, at: datetime, fields: Collection[str] | None = None
) -> Artifact:
    """Submit what was tried as the standard; it goes the usual way, with a note that names the team.

    Of a variant the content goes as a draft into its standard, else it is the page's own draft.
    With it go the ``fields`` of ``carried.differing``; None for all but the title, which every
    variant has of its own.

    Returns:
        The page that is under review now.

    Raises:
        PermissionDenied: ``by`` may not edit the page that becomes the standard.
        PilotRefused: it is over, a draft or review stands in the way, the standard has moved on, or
            nothing is said.
        IncompleteArtifact: required parts or gates are missing; it names them.
        ModerationRefused: nobody reviews there.
    """
    pilot = _steered(pilot, by)
    note = _words(note)
    if not note:
        raise PilotRefused(_("Say what the pilot has shown."), "note")
    rows = Variant.objects.select_for_update(of=("self",)).select_related(
        "page__latest_revision", "parent", "base__revision"
    )
    variant = rows.filter(page=pilot.page_id).first()
    target = (
        _into_standard(pilot, variant, by, fields) if variant is not None else _own_draft(pilot, by)
    )
    said = _("Tried by %(team)s: %(note)s") % {"team": pilot.team_name, "note": note}
    target.change_note = said if len(said) <= MAX_NOTE_CHARS else f"{said[: MAX_NOTE_CHARS - 1]}…"
    target.save_revision(user=by, clean=False, log_action=True)
    page = Artifact.objects.get(pk=target.pk).specific
    moderation.submit(page=page, by=by)
    _closed(pilot, State.PROMOTED, by, note, at)
    if page.pk != pilot.page_id:
        data = {"team": pilot.team_name, "variant": pilot.page.draft_title, "note": note}
        log(page, "governance.pilot_promoted", user=by, data=data)
    return page


def _own_draft(pilot: Pilot, by: Any) -> Any:
    page = pilot.page
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied("Only who may edit the page submits it.")
    if page.current_workflow_state is not None:
        raise PilotRefused(_("The page is under review already."))
    _refuse_newer_draft(pilot)
    return page.specific.get_latest_revision_as_object()


def _into_standard(pilot: Pilot, variant: Variant, by: Any, fields: Collection[str] | None) -> Any:
    standard = variant.parent
    if standard is None or not standard.live or not access_for(by).opens(standard.path):
        raise PilotRefused(_("The standard is not available. Nothing can be submitted there."))
    if not standard.permissions_for_user(by).can_edit():
        raise PermissionDenied(
            _("Only who may edit the standard submits the variant as the standard.")
        )
    if standard.has_unpublished_changes or standard.current_workflow_state is not None:
        raise PilotRefused(_("A draft of the standard waits. Publish or discard it first."))
    now = bodies.version_now(variant)
    if now is None or asking.of_draft(variant, bodies.of_draft(variant, now)):
        raise PilotRefused(
            _("The standard has changed. Take over or decline its changes in the variant first.")
        )
    draft = standard.specific.get_latest_revision_as_object()
    # An older state lacks what the variant has taken over of the standard since.
    _refuse_newer_draft(pilot)
    draft.body = draft.body.stream_block.to_python(bodies.stored(pilot.revision))
    differs = carried.differing(pilot, standard)
    chosen = [one for one in differs if one != "title"] if fields is None else fields
    carry([one for one in differs if one in chosen], source=pilot.revision.as_object(), into=draft)
    return draft


def _refuse_newer_draft(pilot: Pilot) -> None:
    if pilot.page.latest_revision_id != pilot.revision_id:
        raise PilotRefused(
            _("There is a newer draft than the one that was tried. Show that to the team first.")
        )


def _demand_draft(page: Artifact) -> None:
    if page.live and not page.has_unpublished_changes:
        raise PilotRefused(_("There is no draft to try: everybody sees the newest state."))
    missing = page.specific.get_latest_revision_as_object().missing_to_publish()
    if missing:
        raise IncompleteArtifact(missing)


def _locked(pilot: Pilot) -> Pilot:
    rows = Pilot.objects.select_for_update(of=("self",))
    return rows.select_related("page", "revision", "team", "opened_by").get(pk=pilot.pk)


def _steered(pilot: Pilot, by: Any) -> Pilot:
    pilot = _locked(pilot)
    if not may_steer(pilot, by) or not access_for(by).opens(pilot.page.path):
        raise PermissionDenied("Only who may edit the page or leads the team decides.")
    if not pilot.is_running:
        raise PilotRefused(_("The pilot is over already. Nothing was changed."))
    return pilot


def _closed(pilot: Pilot, state: str, by: Any, word: str, at: datetime) -> Pilot:
    pilot.state, pilot.word = state, word
    pilot.closed_by, pilot.closed_at = by, at
    pilot.save()
    data = {"team": pilot.team_name, "word": word}
    log(pilot.page.specific, f"governance.pilot_{state}", user=by, data=data)
    return pilot


def _words(text: str) -> str:
    return text.replace("\0", "").strip()[:MAX_WORDS_CHARS]
