"""Adopting an artifact for a team, and giving it up. Every member may do both."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_for, is_visible
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.models import NOTE_CHARS, Adoption, Team
from knowledge.practice.teams.permissions import is_member
from knowledge.practice.teams.services import refuse_foreign


@transaction.atomic
def adopt(
    *, team: Team, page: Artifact, by: Any, note: str = "", at: datetime | None = None
) -> Adoption:
    """The live version of ``page`` from now on; what the team had adopted of it before is replaced.

    Raises:
        TeamRefused: ``by`` is not in the team, may not read the page, or it is archived.
    """
    refuse_foreign(team=team, by=by)
    if not is_visible(page, access_for(by)):
        raise TeamRefused(_("There is nothing to adopt here."))
    if page.archived_at is not None:
        raise TeamRefused(_("It is archived. Adopt what takes its place."))
    note = " ".join(note.replace("\0", "").split())
    if len(note) > NOTE_CHARS:
        raise TeamRefused(_("The note may have %d characters at most.") % NOTE_CHARS, "note")
    row, _new = Adoption.objects.update_or_create(
        team=team,
        artifact_id=page.pk,
        defaults={
            "version": page.version,
            "note": note,
            "adopted_by": by,
            "adopted_at": at or timezone.now(),
        },
    )
    return row


@transaction.atomic
def give_up(*, adoption: Adoption, by: Any) -> None:
    """Raises PermissionDenied for who is not in the team."""
    if not is_member(adoption.team_id, by):
        raise PermissionDenied(_("Only members of the team may do that."))
    adoption.delete()
