"""Recording, approving and superseding decisions. Whether the person may see them, the caller asks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Approval, Decision
from knowledge.practice.models.decisions import TEXT_CHARS
from knowledge.practice.permissions import names_approvers
from knowledge.practice.selectors.decisions import left, said_in_words, walk
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
    escalate_to: Any = None,
    is_open: bool = True,
    team: Team | None = None,
    supersedes: Decision | None = None,
) -> Decision:
    """Keep the outcome that ``answers`` lead to in the tree of the live ``page``.

    Without a role that approves it is accepted at once; so it is when the person who decides has
    that role. ``reasons`` are by the same keys as ``answers``. What it supersedes is superseded
    once it is accepted. ``escalate_to`` has the role that hears of it when nobody approves in time.

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
        escalate_to=escalate_to,
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
    approvers: Mapping[str, Any] | None = None,
    escalate_to: Any = None,
    is_open: bool = True,
    team: Team | None = None,
    supersedes: Decision | None = None,
) -> Decision:
    """The record of an ``outcome`` as a tree has them, whatever led to it; see ``record``.

    ``approver_roles`` of the outcome are several roles that all have to approve; ``approvers`` has
    people by role, and ``approver`` has those roles for which nobody is named there.
    """
    roles = _roles(outcome)
    named = {role: (approvers or {}).get(role) or approver for role in roles}
    for role, person in named.items():
        if person is None:
            raise RunRefused(_("Name who approves it as “%s”.") % role, "approver")
        _refuse_stranger(person, page, "approver")
    is_escalated = bool(roles and outcome.get("escalate_to_role"))
    if is_escalated and escalate_to is not None:
        _refuse_stranger(escalate_to, page, "escalate_to")
    now, within = timezone.now(), outcome.get("within_minutes")
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
        approver_role=roles[0] if roles else "",
        escalate_to_role=outcome.get("escalate_to_role") or "",
        within_minutes=within,
        escalate_to=escalate_to if is_escalated else None,
        deadline=now + timedelta(minutes=within) if roles and within is not None else None,
        is_open=is_open,
        team=team,
        decided_by=by,
        decided_at=now,
        approver=named[roles[0]] if roles else None,
    )
    given = {True: {"is_given": True, "given_at": now}, False: {}}
    Approval.objects.bulk_create(
        Approval(decision=decision, role=role, person=person, **given[person == by])
        for role, person in named.items()
    )
    if supersedes is not None:
        Decision.objects.filter(pk=supersedes.pk, state=State.ACCEPTED).update(
            superseded_by=decision
        )
    if all(person == by for person in named.values()):
        _accept(decision)
    else:
        decision_waits.send(
            sender=Decision,
            decision=decision,
            approvals=list(decision.approvals.filter(is_given=None).select_related("person")),
        )
    return decision


@transaction.atomic
def decide_on(*, decision: Decision, by: Any, approve: bool, note: str = "") -> Decision:
    """Approve the decision in all roles of ``by``, or not, which asks for the reason.

    It is accepted when the last role has approved; one that does not is enough to reject it.

    Raises:
        PermissionDenied: ``by`` is not one who approves it.
        RunRefused: it does not wait for ``by`` any more, or the reason is missing.
    """
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    approvals = list(decision.approvals.all())
    mine = [one for one in approvals if one.person_id == by.pk]
    if not mine:
        raise PermissionDenied(_("Only who is named to approve it may do that."))
    if decision.state != State.PROPOSED:
        raise RunRefused(_("This decision does not wait for approval any more."))
    if all(one.is_given for one in mine):
        raise RunRefused(_("You have approved this already. It waits for others."))
    note = note.strip()[:TEXT_CHARS]
    if not (approve or note):
        raise RunRefused(_("Say why it is not approved."), "note")
    now = timezone.now()
    for one in mine:
        one.is_given, one.given_at, one.note = approve, now, note
    Approval.objects.bulk_update(mine, ["is_given", "given_at", "note"])
    decision.approval_note = note
    if approve:
        if not all(one.is_given for one in approvals):
            return decision
        _accept(decision)
        decision_settled.send(sender=Decision, decision=decision, by=by)
        return decision
    decision.state = State.REJECTED
    decision.approved_at = now
    decision.save()
    # What it was to take the place of stays in force.
    Decision.objects.filter(superseded_by=decision).update(superseded_by=None)
    decision_settled.send(sender=Decision, decision=decision, by=by)
    return decision


@transaction.atomic
def name_approver(*, decision: Decision, role: str, person: Any, by: Any) -> Decision:
    """Let ``person`` approve as ``role`` instead of somebody who cannot any more; the time begins anew.

    Raises:
        PermissionDenied: ``by`` neither decided it nor leads its team.
        RunRefused: nobody is missing in the role, or ``person`` may not read the artifact.
    """
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if not names_approvers(decision, by):
        raise PermissionDenied(_("Only who decided it may do that."))
    asked = decision.approvals.filter(role=role).select_related("person")
    approval = next(iter(left(decision, asked)), None)
    if approval is None:
        raise RunRefused(_("Nobody is missing in this role."), "person")
    if decision.artifact is not None:
        _refuse_stranger(person, decision.artifact, "person")
    approval.person = person
    approval.save(update_fields=["person"])
    if role == decision.approver_role:
        decision.approver = person
    if decision.within_minutes is not None:
        decision.deadline = timezone.now() + timedelta(minutes=decision.within_minutes)
        decision.told_at = None
    decision.save()
    decision_waits.send(sender=Decision, decision=decision, approvals=[approval])
    return decision


def _accept(decision: Decision) -> None:
    decision.state = State.ACCEPTED
    decision.approved_at = timezone.now()
    decision.save()
    Decision.objects.filter(superseded_by=decision).update(state=State.SUPERSEDED)


def _roles(outcome: Mapping[str, Any]) -> list[str]:
    several = outcome.get("approver_roles") or [outcome.get("approver_role")]
    return list(dict.fromkeys(role for role in several if role))


def _refuse_stranger(person: Any, page: Artifact, field: str) -> None:
    if not (person.is_active and access_for(person).opens(page.path)):
        raise RunRefused(_("%s may not read this artifact.") % called(person), field)
