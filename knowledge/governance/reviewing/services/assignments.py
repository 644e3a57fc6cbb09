"""Who takes a waiting step, and until when: claim, release, assign, plan."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.catalog.people import called
from knowledge.governance.auditing import auditors
from knowledge.governance.errors import ModerationRefused
from knowledge.governance.reviewing.errors import Claimed, NoReviewer, NotWaiting
from knowledge.governance.reviewing.models import Assignment, ReviewTask

Priority = Assignment.Priority


@transaction.atomic
def claim(*, state_id: int, by: Any, at: datetime, take_over: bool = False) -> Assignment:
    """Take a step for oneself; of two who do, the second is told who was quicker.

    Args:
        take_over: also from somebody who has it already.

    Raises:
        NotWaiting: the step has ended.
        Claimed: another person has it.
        ModerationRefused: ``by`` may not decide it.
    """
    row = _locked(state_id)
    _demand(row, by)
    if row.assignee_id == by.pk:
        return row
    if row.assignee_id is not None and not take_over:
        raise Claimed(row.assignee)
    return _give(row, by, by=by, at=at, action="governance.claim")


@transaction.atomic
def release(*, state_id: int, by: Any) -> Assignment:
    """Give a step back to all who may decide it.

    Raises:
        NotWaiting: the step has ended.
        ModerationRefused: ``by`` may not decide it.
    """
    row = _locked(state_id)
    _demand(row, by)
    if row.assignee_id is None:
        return row
    return _give(row, None, by=by, at=None, action="governance.release")


@transaction.atomic
def assign(*, state_id: int, to: Any, by: Any, at: datetime) -> Assignment:
    """Give a step to another person, who may decide it too.

    Raises:
        NotWaiting: the step has ended.
        ModerationRefused: ``by`` may not decide it.
        NoReviewer: ``to`` may not.
    """
    row = _locked(state_id)
    _demand(row, by)
    if _task(row).refusal(row.page, to):
        raise NoReviewer(to)
    return _give(row, to, by=by, at=at, action="governance.assign")


@transaction.atomic
def plan(*, state_id: int, due_on: date, priority: int, by: Any) -> Assignment:
    """Move the day on which a step is due, and how it is ranked.

    Raises:
        NotWaiting: the step has ended.
        ModerationRefused: ``by`` may not decide it.
    """
    row = _locked(state_id)
    _demand(row, by)
    row.due_on, row.priority = due_on, Priority(priority)
    row.save(update_fields=["due_on", "priority"])
    data = {"due_on": due_on.isoformat(), "priority": str(Priority(priority).label)}
    _note(row, "governance.plan", by, data)
    return row


def claim_many(*, state_ids: Iterable[int], by: Any, at: datetime) -> tuple[int, list[str]]:
    """Claim each that is still to be had; how many, and what was said of the others."""
    done, refusals = 0, []
    for state_id in dict.fromkeys(state_ids):
        try:
            claim(state_id=state_id, by=by, at=at)
        except ModerationRefused as refusal:
            refusals.append(str(refusal))
        else:
            done += 1
    return done, refusals


@transaction.atomic
def let_go(*, person: Any) -> int:
    """An account is closed or deleted: what the person had claimed is everybody's again."""
    rows = list(Assignment.objects.filter(assignee=person.pk).select_related("page"))
    for row in rows:
        _give(row, None, by=None, at=None, action="governance.release")
    return len(rows)


def candidates(row: Assignment) -> QuerySet[Any]:
    """Who may decide the step and so may be given it."""
    task = _task(row)
    people = task.reviewers(row.page).filter(is_active=True)
    people = people.exclude(pk__in=auditors().values("pk"))
    if refused := task.refused_authors(row.page):
        people = people.exclude(pk__in=refused)
    ids = people.order_by().values("pk")
    return get_user_model().objects.filter(pk__in=ids).order_by("first_name", "username")


def is_stuck(row: Assignment) -> bool:
    """Whether nobody can decide: all who could have changed the draft, or have no account any more."""
    if candidates(row).exists():
        return False
    task, everywhere = _task(row), get_user_model().objects.filter(is_superuser=True)
    return all(task.refusal(row.page, one) for one in everywhere.filter(is_active=True)[:20])


def _locked(state_id: int) -> Assignment:
    # The row itself only: what is joined by a null may not be locked.
    rows = Assignment.objects.select_for_update(of=("self",))
    row = rows.select_related("assignee", "page").filter(task_state=state_id).first()
    if row is None:
        raise NotWaiting
    row.page = row.page.specific
    return row


def _task(row: Assignment) -> ReviewTask:
    task = row.task_state.task.specific
    if not isinstance(task, ReviewTask):
        raise ModerationRefused(_("A step of this sort cannot be assigned."))
    return task


def _demand(row: Assignment, by: Any) -> None:
    if why := _task(row).refusal(row.page, by):
        raise ModerationRefused(why)


def _give(row: Assignment, to: Any, *, by: Any, at: datetime | None, action: str) -> Assignment:
    before = called(row.assignee)
    row.assignee, row.claimed_at = to, at
    row.save(update_fields=["assignee", "claimed_at"])
    _note(row, action, by, {"before": before, "after": called(to)})
    return row


def _note(row: Assignment, action: str, by: Any, data: dict[str, Any]) -> None:
    log(row.page.specific, action, user=by, data=data | {"step": row.task_state.task.name})
