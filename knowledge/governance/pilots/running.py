"""Runs of exactly the draft that a team tries: started by its members alone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_for
from knowledge.governance.pilots.errors import PilotRefused
from knowledge.governance.pilots.models import Pilot, PilotRun
from knowledge.practice.models import Run
from knowledge.practice.selectors.runnable import can_run
from knowledge.practice.services import runs
from knowledge.practice.teams.permissions import is_member

VERSION_CHARS = 12


def draft_of(pilot: Pilot) -> Artifact:
    """What the team reads, of its own kind, in memory; named after the version that it would replace."""
    draft: Artifact = pilot.revision.as_object()
    named = f"{draft.version} draft"
    draft.version = named if draft.live and len(named) <= VERSION_CHARS else "draft"
    return draft


def can_start(pilot: Pilot, user: Any) -> bool:
    """Whether the person is of the team, and there is work in the draft. Not of what has become live."""
    return is_member(pilot.team, user) and _is_tried(pilot) and can_run(draft_of(pilot))


def _is_tried(pilot: Pilot) -> bool:
    is_live = pilot.page.live and pilot.page.live_revision_id == pilot.revision_id
    return pilot.is_running and not is_live


@transaction.atomic
def start(
    *,
    pilot: Pilot,
    by: Any,
    name: str,
    at: datetime,
    due: date | None = None,
    roles: Mapping[str, Any] | None = None,
) -> Run:
    """A run pinned to the draft of this moment; a newer one that the team is shown later is not in it.

    Raises:
        PermissionDenied: ``by`` is not in the team, or may not see the page.
        PilotRefused: the pilot is over, or what was tried is live.
        NothingToRun: the draft has no steps.
        RunRefused: somebody who got a role is not in the team, or the due day has passed.
    """
    rows = Pilot.objects.select_for_update(of=("self",))
    pilot = rows.select_related("page", "revision", "team").get(pk=pilot.pk)
    if not is_member(pilot.team, by) or not access_for(by).opens(pilot.page.path):
        raise PermissionDenied("Only the team that tries a draft runs it.")
    if not _is_tried(pilot):
        raise PilotRefused(_("The pilot is over. Start a run of what is live."))
    run = runs.start(
        page=draft_of(pilot),
        by=by,
        name=name,
        due=due,
        team=pilot.team,
        roles=roles,
        is_pilot=True,
        at=at,
    )
    PilotRun.objects.create(pilot=pilot, revision=pilot.revision, run=run)
    return run
