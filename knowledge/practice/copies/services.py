"""Beginning, saving and finishing copies. Whether the person may see them, the caller asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import TemplatePage
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice.copies.errors import SavedMeanwhile, StillMissing
from knowledge.practice.copies.models import NAME_CHARS, FilledCopy
from knowledge.practice.copies.permissions import keeps, may_change
from knowledge.practice.copies.selectors import carried_over
from knowledge.practice.errors import RunRefused
from knowledge.practice.selectors import filling
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.services import refuse_foreign

# A form has tens of fields of some thousand characters; more was not typed.
MAX_ANSWERS_CHARS = 500_000


@transaction.atomic
def begin(
    *,
    page: TemplatePage,
    by: Any,
    name: str,
    answers: Mapping[str, Any],
    team: Team | None = None,
    at: datetime | None = None,
) -> FilledCopy:
    """A draft of the live ``page`` for the person alone, or for the ``team`` too.

    Raises:
        RunRefused: it has no name, or the page asks for nothing.
        TeamRefused: ``by`` is not in the ``team``.
    """
    refuse_foreign(team=team, by=by)
    parts = filling.kept(page.body)
    if not page.live or not parts:
        raise RunRefused(_("There is nothing to fill in here."))
    copy = FilledCopy.objects.create(
        artifact_id=page.pk,
        title=page.title,
        version=page.version,
        parts=parts,
        name=_named(name),
        answers=_fitting(answers),
        owner=by,
        team=team,
        changed_by=by,
        created_at=at or timezone.now(),
        changed_at=at or timezone.now(),
    )
    copy.people.add(by)
    return copy


@transaction.atomic
def save(
    *, copy: FilledCopy, by: Any, seen: int, name: str, answers: Mapping[str, Any]
) -> FilledCopy:
    """Keep the answers as they are, right or not.

    Raises:
        PermissionDenied: the person only reads it.
        SavedMeanwhile: ``seen`` is not the newest; nothing is written.
    """
    copy = _held(copy, by, seen)
    if not copy.is_draft:
        raise RunRefused(_("This copy is finished. Open it again to change it."))
    copy.name = _named(name)
    copy.answers = _fitting(answers)
    return _kept(copy, by)


@transaction.atomic
def finish(
    *,
    copy: FilledCopy,
    by: Any,
    seen: int,
    name: str,
    answers: Mapping[str, Any],
    at: datetime | None = None,
) -> FilledCopy:
    """Save it as finished.

    Raises:
        StillMissing: with the faults by field; nothing is written.
    """
    copy = _held(copy, by, seen)
    result = filling.settled(filling.form_from(copy.parts), answers)
    if result.errors:
        raise StillMissing(result.errors)
    copy.name = _named(name)
    copy.answers = _fitting(answers)
    copy.state = FilledCopy.State.FINISHED
    copy.finished_at = at or timezone.now()
    return _kept(copy, by, at)


@transaction.atomic
def open_again(*, copy: FilledCopy, by: Any, seen: int) -> FilledCopy:
    """A finished copy becomes a draft again."""
    copy = _held(copy, by, seen)
    copy.state = FilledCopy.State.DRAFT
    copy.finished_at = None
    return _kept(copy, by)


@transaction.atomic
def take_over(*, copy: FilledCopy, by: Any, seen: int, page: TemplatePage) -> FilledCopy:
    """Carry the answers to the live version of its template, by key; it becomes a draft.

    Answers that the new version has no field for are kept beside it with their labels.
    """
    copy = _held(copy, by, seen)
    if not page.live or page.pk != copy.artifact_id:
        raise RunRefused(_("The template is not there any more."))
    carried = carried_over(copy, page)
    lost = [{"label": label, "said": said, "version": copy.version} for label, said in carried.lost]
    copy.left_over = [*copy.left_over, *lost]
    copy.answers = dict(carried.kept)
    copy.parts = filling.kept(page.body)
    copy.title, copy.version = page.title, page.version
    copy.state, copy.finished_at = FilledCopy.State.DRAFT, None
    return _kept(copy, by)


@transaction.atomic
def forget_left_over(*, copy: FilledCopy, by: Any, seen: int) -> FilledCopy:
    """Let go of what newer versions did not ask for."""
    copy = _held(copy, by, seen)
    copy.left_over = []
    return _kept(copy, by)


@transaction.atomic
def share(*, copy: FilledCopy, by: Any, person: Any) -> FilledCopy:
    """Let ``person`` fill it too.

    Raises:
        RunRefused: who may not read the template gets no copy of it.
    """
    copy = _own(copy, by)
    path = copy.artifact.path if copy.artifact else ""
    if not person.is_active or not access_for(person).opens(path):
        raise RunRefused(_("%s may not read this template.") % called(person), "person")
    copy.people.add(person)
    return copy


@transaction.atomic
def withdraw(*, copy: FilledCopy, by: Any, person: Any) -> FilledCopy:
    """Take ``person`` out; who keeps the copy stays."""
    copy = _own(copy, by)
    if person.pk != copy.owner_id:
        copy.people.remove(person)
    return copy


@transaction.atomic
def set_open(*, copy: FilledCopy, by: Any, is_open: bool) -> FilledCopy:
    copy = _own(copy, by)
    copy.is_open = is_open
    copy.save(update_fields=["is_open"])
    return copy


@transaction.atomic
def delete(*, copy: FilledCopy, by: Any) -> None:
    _own(copy, by).delete()


def _held(copy: FilledCopy, by: Any, seen: int) -> FilledCopy:
    """The newest state, locked until the transaction ends."""
    copy = FilledCopy.objects.select_for_update().get(pk=copy.pk)
    if not may_change(copy, by):
        raise PermissionDenied(_("Only its people change it."))
    if copy.revision != seen:
        raise SavedMeanwhile
    return copy


def _own(copy: FilledCopy, by: Any) -> FilledCopy:
    copy = FilledCopy.objects.select_for_update().get(pk=copy.pk)
    if not keeps(copy, by):
        raise PermissionDenied(_("Only who keeps this copy may do that."))
    return copy


def _kept(copy: FilledCopy, by: Any, at: datetime | None = None) -> FilledCopy:
    copy.revision += 1
    copy.changed_by = by
    copy.changed_at = at or timezone.now()
    copy.save()
    return copy


def _named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise RunRefused(_("Give it a name, so that you find it again."), "name")
    if len(name) > NAME_CHARS:
        raise RunRefused(_("The name may have %d characters at most.") % NAME_CHARS, "name")
    return name


def _fitting(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Without what no database stores; refused when it is far more than a form."""
    clean = {key: _clean(value) for key, value in answers.items()}
    if sum(len(str(value)) for value in clean.values()) > MAX_ANSWERS_CHARS:
        raise RunRefused(_("This is more text than a form holds. Shorten it, then save again."))
    return clean


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return str(value).replace("\0", "")
