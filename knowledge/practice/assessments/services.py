"""Opening, answering and closing rounds. Whether the person may see them, the caller asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice.assessments import questions
from knowledge.practice.assessments.models import NAME_CHARS, Round, Sheet
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from knowledge.practice.permissions import leads_opened, removes_opened
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import is_member
from knowledge.practice.teams.services import refuse_foreign


class Unanswered(RunRefused):
    """``faults`` are the messages by key of the question."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(_("Some questions still need an answer."))


@transaction.atomic
def begin(
    *,
    page: Artifact,
    by: Any,
    name: str,
    is_open: bool = False,
    team: Team | None = None,
    at: datetime | None = None,
) -> Round:
    """A round of the live ``page``, which ``by`` takes part in.

    Raises:
        RunRefused: there is no assessment on the page, or the round has no name.
        TeamRefused: ``by`` is not in the ``team`` that it is to belong to.
    """
    refuse_foreign(team=team, by=by)
    parts = questions.kept(page.body)
    if not page.live or not parts:
        raise RunRefused(_("There is nothing to answer here."))
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > NAME_CHARS:
        raise RunRefused(_("Give the round a name of at most %d characters.") % NAME_CHARS, "name")
    one = Round.objects.create(
        artifact_id=page.pk,
        title=page.title,
        version=page.version,
        parts=parts,
        name=name,
        owner=by,
        is_open=is_open,
        team=team,
        opened_at=at or timezone.now(),
    )
    one.people.add(by)
    return one


@transaction.atomic
def answer(
    *,
    one: Round,
    by: Any,
    answers: Mapping[str, Any],
    seen: int,
    give: bool,
    at: datetime | None = None,
) -> Sheet:
    """Keep the answers of the person: as a draft, or as given, which asks for all of them.

    What was given stays given when it is kept again and none is missing.

    Raises:
        RunRefused: the round is closed.
        ChangedMeanwhile: the same person saved in another window since; nothing is written.
        Unanswered: with the faults by question; nothing is written.
    """
    # Held so that nobody answers while it is closed.
    one = Round.objects.select_for_update().get(pk=one.pk)
    if not one.is_running:
        raise RunRefused(_("This round is closed; its answers are not changed any more."))
    asked = questions.questions_from(one.parts)
    said = questions.read(asked, answers)
    sheet, _new = Sheet.objects.select_for_update().get_or_create(round=one, person=by)
    if sheet.revision != seen:
        raise ChangedMeanwhile(
            _("You saved other answers in another window since. Save again to put these in place.")
        )
    faults = questions.missing(asked, said)
    if give and faults:
        raise Unanswered(faults)
    sheet.answers = said
    if give:
        sheet.given_at = at or timezone.now()
    elif faults:
        # What was given and is incomplete now counts again when it is given again.
        sheet.given_at = None
    sheet.revision += 1
    sheet.save()
    # A member is there by the team, and leaves the round with it (ADR 0014).
    if not is_member(one.team_id, by):
        one.people.add(by)
    return sheet


@transaction.atomic
def invite(*, one: Round, by: Any, person: Any) -> Round:
    """Raises RunRefused for a person who may not read the assessment."""
    one = _led(one, by)
    path = one.artifact.path if one.artifact else ""
    if not person.is_active or not access_for(person).opens(path):
        raise RunRefused(_("%s may not read this assessment.") % called(person), "person")
    one.people.add(person)
    return one


@transaction.atomic
def close(*, one: Round, by: Any, at: datetime | None = None) -> Round:
    """End it: nothing is answered any more. Drafts do not count."""
    one = _led(one, by)
    if one.is_running:
        one.state = Round.State.CLOSED
        one.closed_at = at or timezone.now()
        one.save()
    return one


@transaction.atomic
def delete(*, one: Round, by: Any) -> None:
    """With the answers of everybody."""
    one = _led(one, by)
    if not removes_opened(one, by):
        raise PermissionDenied(_("What others answered is deleted by an administrator."))
    one.delete()


def _led(one: Round, by: Any) -> Round:
    one = Round.objects.select_for_update().get(pk=one.pk)
    if not leads_opened(one, by):
        raise PermissionDenied(_("Only who opened the round may do that."))
    return one
