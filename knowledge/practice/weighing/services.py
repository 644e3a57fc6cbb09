"""Opening, scoring and deciding. Whether the person may see them, the caller asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from knowledge.practice.models import Decision
from knowledge.practice.models.decisions import NAME_CHARS
from knowledge.practice.permissions import leads_opened, removes_opened
from knowledge.practice.services import decisions
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import is_member
from knowledge.practice.teams.services import refuse_foreign
from knowledge.practice.weighing import selectors
from knowledge.practice.weighing.models import Scores, Weighing
from templates_lib.limits import typed

MOST_OPTIONS = 12
OPTION_CHARS = 120


@transaction.atomic
def begin(
    *,
    page: Artifact,
    by: Any,
    name: str,
    weights: Sequence[str],
    options: Sequence[str],
    is_open: bool = False,
    team: Team | None = None,
    supersedes: Decision | None = None,
) -> Weighing:
    """A decision by the matrix of the live ``page``, with the weights and options of this case.

    Raises:
        RunRefused: naming the field that does not fit.
        TeamRefused: ``by`` is not in the ``team`` that it is to belong to.
    """
    refuse_foreign(team=team, by=by)
    matrix = selectors.matrix_of(page)
    if matrix is None or not page.live:
        raise RunRefused(_("There is no matrix here to decide by."))
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > NAME_CHARS:
        raise RunRefused(_("Say what is decided, in at most %d characters.") % NAME_CHARS, "name")
    criteria = [
        {**one, "weight": _weight(text, one["name"])}
        for one, text in zip(matrix.criteria, weights, strict=True)
    ]
    if not any(selectors.fraction(one["weight"]) for one in criteria):
        raise RunRefused(_("One criterion must have a weight above 0."), "weights")
    kept = _options(options)
    row = Weighing.objects.create(
        artifact_id=page.pk,
        title=page.title,
        version=page.version,
        criteria=criteria,
        options=kept,
        suggested=_suggested(matrix, kept),
        scale_max=matrix.scale_max,
        name=name,
        owner=by,
        is_open=is_open,
        team=team,
        supersedes=supersedes,
    )
    row.people.add(by)
    return row


def _weight(text: str, criterion: str) -> str:
    weight = selectors.fraction(text)
    if weight is None or weight < 0:
        raise RunRefused(_("The weight of “%s” must be a number from 0 on.") % criterion, "weights")
    return typed(text)


def _options(options: Sequence[str]) -> list[str]:
    names = [" ".join(one.replace("\0", "").split()) for one in options]
    kept = list(dict.fromkeys(one for one in names if one))
    if not 2 <= len(kept) <= MOST_OPTIONS:
        raise RunRefused(_("Name 2 to %d options, one a line.") % MOST_OPTIONS, "options")
    if any(len(one) > OPTION_CHARS for one in kept):
        raise RunRefused(_("An option may have %d characters at most.") % OPTION_CHARS, "options")
    return kept


def _suggested(matrix: selectors.Matrix, options: Sequence[str]) -> dict[str, dict[str, str]]:
    """The scores of the page under the new places of its options."""
    found = {}
    for key, said in matrix.suggested.items():
        option, _dot, criterion = key.partition(".")
        name = matrix.options[int(option)]
        if name in options:
            found[f"{options.index(name)}.{criterion}"] = said
    return found


@transaction.atomic
def score(*, row: Weighing, by: Any, scores: Mapping[str, Any], seen: int) -> Scores:
    """Keep the scores of the person, which are complete or refused.

    Raises:
        RunRefused: it is decided already, or a score is missing or off the scale.
        ChangedMeanwhile: the same person scored in another window since.
    """
    row = Weighing.objects.select_for_update().get(pk=row.pk)
    if not row.is_running:
        raise RunRefused(_("This is decided; its scores are not changed any more."))
    said = selectors.read(row, scores)
    missing = [key for key in selectors.keys(row) if key not in said]
    if missing:
        raise RunRefused(
            ngettext(
                "Give every score as a number from 0 to %(highest)d; %(missing)d is missing or is none.",
                "Give every score as a number from 0 to %(highest)d; %(missing)d are missing or are none.",
                len(missing),
            )
            % {"highest": row.scale_max, "missing": len(missing)},
            "scores",
        )
    sheet, _new = Scores.objects.select_for_update().get_or_create(weighing=row, person=by)
    if sheet.revision != seen:
        raise ChangedMeanwhile(
            _("You saved other scores in another window since. Save again to put these in place.")
        )
    sheet.scores = said
    sheet.revision += 1
    sheet.save()
    # A member is there by the team, and leaves with it (ADR 0014).
    if not is_member(row.team_id, by):
        row.people.add(by)
    return sheet


@transaction.atomic
def invite(*, row: Weighing, by: Any, person: Any) -> Weighing:
    """Raises RunRefused for a person who may not read the framework."""
    row = _led(row, by)
    path = row.artifact.path if row.artifact else ""
    if not person.is_active or not access_for(person).opens(path):
        raise RunRefused(_("%s may not read this artifact.") % called(person), "person")
    row.people.add(person)
    return row


@transaction.atomic
def decide(
    *,
    row: Weighing,
    by: Any,
    page: Artifact,
    option: str,
    reason: str,
    context: str = "",
    right: str = "",
    measured: Sequence[str] = (),
    approver: Any = None,
    approvers: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Decision:
    """End it in a decision record.

    ``right`` is the role that decides by a decision right of the page, ``measured`` one text for each
    threshold of the page, in order. A threshold that is crossed escalates: the roles of all that are
    crossed approve, and the one that decides by right. ``approvers`` has people by role, ``approver``
    the roles that are not in it. Another option than the first needs a reason.

    Raises:
        RunRefused: naming the field that does not fit.
    """
    row = _led(row, by)
    if not row.is_running:
        raise RunRefused(_("This is decided already."))
    sheets = list(row.sheets.all())
    if not sheets:
        raise RunRefused(_("Nobody has scored it yet."))
    if not removes_opened(row, by) and by.pk not in [one.person_id for one in sheets]:
        # What is refused below would tell what the others say.
        raise RunRefused(_("Score it yourself before you decide it."))
    outcome = selectors.outcome_of(row, sheets)
    chosen = next((one for one in outcome.lines if one.name == option), None)
    if chosen is None:
        raise RunRefused(_("Choose one of the options."), "option")
    if not chosen.is_first and not reason.strip():
        raise RunRefused(_("Say why it is not the first of the ranking."), "reason")
    crossed, facts = _measured(page, measured)
    escalated = [one.role for one in crossed if one.role]
    if right and right not in [role for _what, role in selectors.rights_of(page)]:
        raise RunRefused(_("Choose one of the decision rights."), "right")
    decision = decisions.keep(
        page=page,
        by=by,
        name=row.name,
        context=context,
        trail=[*_trail(row, outcome, chosen, reason), *facts],
        outcome={
            "title": option,
            "tone": "caution" if crossed else "go",
            "approver_roles": [*escalated, right],
            "escalate_to_role": escalated[0] if escalated else "",
        },
        version=row.version,
        approver=approver,
        approvers=approvers,
        is_open=row.is_open,
        team=row.team,
        supersedes=row.supersedes,
    )
    row.decision = decision
    row.decided_at = at or timezone.now()
    row.save()
    return decision


def _measured(
    page: Artifact, measured: Sequence[str]
) -> tuple[list[selectors.Threshold], list[dict[str, str]]]:
    """The thresholds that are crossed, and lines of the record for those that were measured."""
    crossed, facts = [], []
    for threshold, text in zip(selectors.thresholds_of(page), measured, strict=False):
        if not text.strip():
            continue
        value = selectors.fraction(text)
        if value is None:
            raise RunRefused(_("“%s” must be a number.") % threshold.measure, "measured")
        said = typed(text)
        is_crossed = threshold.is_crossed(said)
        if is_crossed:
            crossed.append(threshold)
        facts.append(
            {
                "question": f"{threshold.measure} ({threshold.limit})",
                "answer": threshold.said(said),
                "said": said,
                "reason": threshold.consequence if is_crossed else "",
            }
        )
    return crossed, facts


def _trail(
    row: Weighing, outcome: selectors.Outcome, chosen: selectors.Line, reason: str
) -> list[dict[str, str]]:
    weighed = [
        {
            "question": ngettext(
                "%(option)s, by %(given)d person", "%(option)s, by %(given)d people", outcome.given
            )
            % {"option": line.name, "given": outcome.given},
            "answer": line.total,
            "said": line.total,
            "reason": "; ".join(
                f"{criterion['name']} ({criterion['weight']}): "
                + ", ".join(word for word in cell if word)
                for criterion, cell in zip(row.criteria, line.cells, strict=True)
            ),
        }
        for line in outcome.lines
    ]
    firm = {
        "question": _("How firm the ranking is"),
        "answer": outcome.firm[0],
        "said": "",
        "reason": " ".join(outcome.firm[1:]),
    }
    why = {
        "question": _("Chosen"),
        "answer": chosen.name,
        "said": chosen.name,
        "reason": reason.replace("\0", "").strip()[: decisions.TEXT_CHARS],
    }
    return [*weighed, firm, why]


@transaction.atomic
def delete(*, row: Weighing, by: Any) -> None:
    """With its scores; a decision that came of it stays."""
    row = _led(row, by)
    if not removes_opened(row, by):
        raise PermissionDenied(_("What others scored is deleted by an administrator."))
    row.delete()


def _led(row: Weighing, by: Any) -> Weighing:
    row = Weighing.objects.select_for_update().get(pk=row.pk)
    if not leads_opened(row, by):
        raise PermissionDenied(_("Only who opened it may do that."))
    return row
