"""Who sees a run or a decision, as a predicate and as a query, tested equal; and who leads what several do.

A run is seen by those who take part in it, by the members of its team, and when it is open by everyone
who is logged in and may read its artifact. Whoever may not read the artifact does not see its runs
either. Administrators see all of them. Who sees a run may take part in it. With decisions it is the same; those who take part
are who decided, who approves, and to whom it is escalated.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from knowledge.catalog.permissions import Access
from knowledge.practice.models import Approval, Decision, Run
from knowledge.practice.teams.permissions import is_member, of_own_team
from knowledge.practice.teams.permissions import leads as leads_team

AnyRecord = TypeVar("AnyRecord", bound=Model)
# What is unpublished is read by nobody any more, so only those who took part keep their record of it.
OPEN = Q(is_open=True, artifact__live=True)


class Record(Protocol):
    """What somebody made with an artifact; ``artifact`` is None when that is gone."""

    is_open: bool
    artifact: Any
    team_id: int | None


class Opened(Record, Protocol):
    """A record that somebody opened for several; ``owner`` is None when that account is deleted."""

    owner: Any
    owner_id: int | None
    people: Any


def joinable(runs: QuerySet[Run], user: Any, access: Access) -> QuerySet[Run]:
    """Those of ``runs`` that the person may see and take part in."""
    if not user.is_authenticated:
        return runs.none()
    if user.is_superuser:
        return runs
    takes_part = Exists(Run.people.through.objects.filter(run=OuterRef("pk"), user=user.pk))
    # What is tried is seen by who is in the team now, whoever took part before.
    tried = Q(is_pilot=False) | Q(team=None) | of_own_team(user)
    return where_open(runs.filter(tried, Q(takes_part) | of_own_team(user) | OPEN), access)


def readable(decisions: QuerySet[Decision], user: Any, access: Access) -> QuerySet[Decision]:
    """Those of ``decisions`` that the person may see."""
    if not user.is_authenticated:
        return decisions.none()
    if user.is_superuser:
        return decisions
    named = Exists(Approval.objects.filter(decision=OuterRef("pk"), person=user.pk))
    takes_part = Q(decided_by=user.pk) | Q(approver=user.pk) | Q(escalate_to=user.pk) | Q(named)
    return where_open(decisions.filter(takes_part | of_own_team(user) | OPEN), access)


def may_join(run: Run, user: Any, access: Access) -> bool:
    """Whether the person may see this one run."""
    if run.is_pilot and run.team_id and not (user.is_superuser or is_member(run.team_id, user)):
        return False
    return may_see(run, user, access, lambda: run.people.filter(pk=user.pk).exists())


def may_read(decision: Decision, user: Any, access: Access) -> bool:
    """Whether the person may see this one decision."""
    people = (decision.decided_by_id, decision.approver_id, decision.escalate_to_id)
    named = decision.approvals.filter(person=user.pk)
    return may_see(decision, user, access, lambda: user.pk in people or named.exists())


def may_see(record: Record, user: Any, access: Access, takes_part: Callable[[], bool]) -> bool:
    """Whether the person may see a record, which those who take part in it and its team do."""
    if not user.is_authenticated or user.is_superuser:
        return bool(user.is_authenticated)
    if record.artifact is None:
        return takes_part() or is_member(record.team_id, user)
    if not access.opens(record.artifact.path):
        return False
    is_shown = record.is_open and record.artifact.live
    return is_shown or takes_part() or is_member(record.team_id, user)


def where_open(records: QuerySet[AnyRecord], access: Access) -> QuerySet[AnyRecord]:
    """Without the records of artifacts that are closed to the person."""
    closed = Q()
    for path in access.closed_paths:
        closed |= Q(artifact__path__startswith=path)
    return records.exclude(closed) if access.closed_paths else records


def leads(run: Run, user: Any) -> bool:
    """Whether the person gives out roles, hands over and ends the run. A lead of its team does, too.

    Anyone who takes part does while nobody leads: the account of the lead may be gone.
    """
    if user.is_superuser or run.lead_id in (user.pk, None):
        return True
    return leads_team(run.team_id, user)


def names_approvers(decision: Decision, user: Any) -> bool:
    """Whether the person says who approves in the place of somebody who is gone: who decided, a lead of
    the team, and administrators.
    """
    if user.is_superuser or decision.decided_by_id == user.pk:
        return True
    return leads_team(decision.team_id, user)


def leads_opened(record: Opened, user: Any) -> bool:
    """Whether the person ends what somebody opened for several.

    Who opened it. While that account is closed or gone, in the place of it: the leads of its team, or
    without one whoever takes part; and administrators. A query more for others than who opened it.
    """
    if record.owner_id == user.pk:
        return True
    if record.owner is not None and record.owner.is_active:
        return False
    if user.is_superuser:
        return True
    if record.team_id is not None:
        return leads_team(record.team_id, user)
    return bool(record.people.filter(pk=user.pk).exists())


def removes_opened(record: Opened, user: Any) -> bool:
    """Whether the person deletes it, with what others said: not who merely takes part."""
    is_mine = record.owner_id == user.pk
    is_in_place = record.team_id is not None or user.is_superuser
    return (is_mine or is_in_place) and leads_opened(record, user)
