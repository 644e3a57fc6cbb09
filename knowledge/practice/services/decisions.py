"""Recording, approving and superseding decisions. Whether the person may see them, the caller asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Decision
from knowledge.practice.models.decisions import TEXT_CHARS
from knowledge.practice.selectors.decisions import said_in_words, walk
from knowledge.practice.signals import decision_settled, decision_waits
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.services import refuse_foreign
from templates_lib.runnable import source

State = Decision.State


@transaction.atomic
def record(
    *,
    page: Artifact,
    by: Any,
    name: str,
    answers: Mapping[str, str],
    reasons: Mapping[str, str],
    context: str = "",
    approver: Any = None,
    is_open: bool = True,
    team: Team | None = None,
    supersedes: Decision | None = None,
) -> Decision:
    """Keep the outcome that ``answers`` lead to in the tree of the live ``page``.

    Without a role that approves it is accepted at once; so it is when the person who decides has
    that role. ``reasons`` are by the same keys as ``answers``. What it supersedes is superseded
    once it is accepted.

    Raises:
        RunRefused: the answers lead to no outcome, nobody is named to approve, or the one who is
            may not read the artifact.
        TeamRefused: ``by`` is not in the ``team`` that it is to belong to.
    """
    refuse_foreign(team=team, by=by)
    way = walk(page, answers)
    outcome = way.state.outcome if way else None
    if way is None or outcome is None or not page.live:
        raise RunRefused(_("These answers lead to no outcome. Answer the questions again."))
    trail = [
        {
            "question": step.question.get("question") or "",
            "answer": said_in_words(step),
            "said": step.given,
            "reason": reasons.get(step.question.get("key"), "").strip()[:TEXT_CHARS],
        }
        for step in way.state.path
    ]
    return keep(
        page=page,
        by=by,
        name=name,
        context=context,
        trail=trail,
        outcome=outcome,
        version=page.version,
        approver=approver,
        is_open=is_open,
        team=team,
        supersedes=supersedes,
    )


@transaction.atomic
def keep(
    *,
    page: Artifact,
    by: Any,
    name: str,
    context: str,
    trail: Sequence[Mapping[str, str]],
    outcome: Mapping[str, Any],
    version: str,
    approver: Any = None,
    is_open: bool = True,
    team: Team | None = None,
    supersedes: Decision | None = None,
) -> Decision:
    """The record of an ``outcome`` as a tree has them, whatever led to it; see ``record``."""
    role = outcome.get("approver_role") or ""
    if role and approver is None:
        raise RunRefused(_("Name who approves it as “%s”.") % role, "approver")
    if role and not _may_read(approver, page):
        raise RunRefused(_("%s may not read this artifact.") % called(approver), "approver")
    decision = Decision.objects.create(
        artifact_id=page.pk,
        title=page.title,
        kind=page.kind,
        version=version,
        name=name,
        context=context.strip(),
        trail=list(trail),
        outcome=outcome.get("title") or "",
        detail=source(outcome.get("detail")),
        tone=outcome.get("tone") or "",
        approver_role=role,
        escalate_to_role=outcome.get("escalate_to_role") or "",
        within_minutes=outcome.get("within_minutes"),
        is_open=is_open,
        team=team,
        decided_by=by,
        approver=approver if role else None,
    )
    if supersedes is not None:
        Decision.objects.filter(pk=supersedes.pk, state=State.ACCEPTED).update(
            superseded_by=decision
        )
    if not role or approver == by:
        _accept(decision)
    else:
        decision_waits.send(sender=Decision, decision=decision)
    return decision


@transaction.atomic
def decide_on(*, decision: Decision, by: Any, approve: bool, note: str = "") -> Decision:
    """Approve the decision, or not, which asks for the reason.

    Raises:
        PermissionDenied: ``by`` is not the one who approves it.
        RunRefused: it waits for nobody any more, or the reason is missing.
    """
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.approver_id != by.pk:
        raise PermissionDenied(_("Only who is named to approve it may do that."))
    if decision.state != State.PROPOSED:
        raise RunRefused(_("This decision does not wait for approval any more."))
    decision.approval_note = note.strip()[:TEXT_CHARS]
    if approve:
        _accept(decision)
        decision_settled.send(sender=Decision, decision=decision, by=by)
        return decision
    if not decision.approval_note:
        raise RunRefused(_("Say why it is not approved."), "note")
    decision.state = State.REJECTED
    decision.approved_at = timezone.now()
    decision.save()
    # What it was to take the place of stays in force.
    Decision.objects.filter(superseded_by=decision).update(superseded_by=None)
    decision_settled.send(sender=Decision, decision=decision, by=by)
    return decision


def _accept(decision: Decision) -> None:
    decision.state = State.ACCEPTED
    decision.approved_at = timezone.now()
    decision.save()
    Decision.objects.filter(superseded_by=decision).update(state=State.SUPERSEDED)


def _may_read(person: Any, page: Artifact) -> bool:
    return bool(person.is_active and access_for(person).opens(page.path))
