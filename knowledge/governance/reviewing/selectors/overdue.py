"""What one person should hear of: own reviews due soon or overdue, and long overdue ones to answer for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from wagtail.models import TaskState

from knowledge.governance.reviewing.models import Assignment, Chaser
from knowledge.governance.reviewing.selectors.standing import PATH, Standing, sorts

SOON = timedelta(days=1)
DEFAULT_ESCALATION = 5
# Of a longer list the rest waits for the next day.
MOST = 500
Stage = Chaser.Stage


@dataclass(frozen=True, slots=True)
class Late:
    assignment_id: int
    state_id: int
    page_id: int
    title: str
    due_on: date
    stage: str

    @property
    def key(self) -> tuple[int, date, str]:
        return self.assignment_id, self.due_on, self.stage


def anything(today: date) -> bool:
    """Whether any step is due soon or overdue: else nobody has to be asked."""
    return Assignment.objects.filter(due_on__lte=today + SOON).exists()


def of(standing: Standing) -> list[Late]:
    """The longest overdue first; a step that is both is named once, as one to answer for."""
    today = standing.today
    mine = [standing.user.pk, *standing.absent]
    # Whoever may do everything is not reminded of everything: only of what is theirs.
    whose = Q(assignee__in=mine)
    if not standing.user.is_superuser:
        whose |= Q(assignee__isnull=True)
    rows = standing.may_decide().filter(whose, due_on__lte=today + SOON)
    found = {
        row.pk: _late(row, Stage.OVER if row.due_on < today else Stage.SOON)
        for row in rows.select_related("page").order_by("due_on", "pk")[:MOST]
    }
    found |= {row.pk: _late(row, Stage.LONG) for row in _to_answer_for(standing)}
    return sorted(found.values(), key=lambda one: (one.due_on, one.assignment_id))


def _to_answer_for(standing: Standing) -> Sequence[Assignment]:
    held = standing.rules.where_held_by(PATH, [standing.user.pk], standing.groups)
    rows = Assignment.objects.filter(
        held,
        due_on__lt=standing.today,
        task_state__status=TaskState.STATUS_IN_PROGRESS,
    ).select_related("page", "task_state")
    days = _days_by_step()
    return [
        row
        for row in rows.order_by("due_on", "pk")[:MOST]
        if (standing.today - row.due_on).days
        >= days.get(row.task_state.task_id, DEFAULT_ESCALATION)
    ]


def _days_by_step() -> Mapping[int, int]:
    found: dict[int, int] = {}
    for sort in sorts():
        found |= dict(sort.objects.values_list("pk", "escalate_after_days"))
    return found


def _late(row: Assignment, stage: str) -> Late:
    return Late(
        assignment_id=row.pk,
        state_id=row.task_state_id,
        page_id=row.page_id,
        title=row.page.draft_title or row.page.title,
        due_on=row.due_on,
        stage=stage,
    )
