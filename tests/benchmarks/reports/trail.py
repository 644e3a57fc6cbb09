"""What years of use leave beside the artifacts: findings, feedback, reviews, queue, audit, views, searches."""

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState

from knowledge.catalog.models import Artifact, GuidePage
from knowledge.governance.audit.models import AuditEntry
from knowledge.governance.lint.catalogue import RULES
from knowledge.governance.lint.models import Finding
from knowledge.governance.measures.models import Usage
from knowledge.governance.models import Feedback
from knowledge.governance.quarterly.models import ReviewRecord
from knowledge.governance.reviewing.models import Assignment
from search.insight.models import LoggedSearch
from tests.benchmarks.scale.library import Writer
from tests.factories import person

OWNERS = 40
FINDINGS_EACH, REVIEWS_EACH, AUDIT_EACH, VIEWS_EACH = 3, 2, 5, 4
# Of so many artifacts one has feedback that is open, and one waits for a review.
PER_FEEDBACK, PER_WAITING = 5, 10
SEARCHES = 20_000


def leave(now: datetime) -> None:
    """Add it for every artifact there is. About a millisecond each."""
    ids = list(Artifact.objects.order_by("pk").values_list("pk", flat=True))
    dice, today = random.Random(3), timezone.localdate(now)
    owners = [person("Editors", first_name=f"Owner {n}").pk for n in range(OWNERS)]
    _own_and_plan(owners)
    _many(Finding, (_finding(pk, dice, now) for pk in ids for _n in range(FINDINGS_EACH)))
    _many(Feedback, (_feedback(pk, dice, now) for pk in ids[::PER_FEEDBACK]))
    _many(ReviewRecord, (_record(pk, dice, today) for pk in ids for _n in range(REVIEWS_EACH)))
    _many(AuditEntry, (_audit(pk, n, dice, now) for pk in ids for n in range(AUDIT_EACH)))
    _many(Usage, (_views(pk, n, dice, today) for pk in ids for n in range(VIEWS_EACH)))
    writer = Writer(4)
    _many(LoggedSearch, (_search(writer, dice, now) for _n in range(SEARCHES)))
    _queue(ids[::PER_WAITING], owners, dice, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _many(model: type[models.Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=2000)


def _own_and_plan(owners: list[int]) -> None:
    """Owners in turn; reviews within half a year before and after today."""
    choice = "(array[" + ",".join(map(str, owners)) + "])[1 + page_ptr_id % " + f"{len(owners)}]"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE catalog_artifact SET owner_user_id = {choice}, owner_group_id = NULL,"
            " last_reviewed = current_date - 180,"
            " next_review = current_date - 180 + (page_ptr_id * 37 % 360)::int"
        )


def _finding(pk: int, dice: random.Random, now: datetime) -> Finding:
    rule = dice.choice(RULES)
    return Finding(
        page_id=pk,
        rule=rule.code,
        severity=rule.severity,
        content_path=f"body.{dice.getrandbits(32):x}",
        place="A sentence of the page",
        found_at=now - timedelta(days=dice.randrange(300)),
    )


def _feedback(pk: int, dice: random.Random, now: datetime) -> Feedback:
    return Feedback(
        page_id=pk,
        version="1.0",
        sort=dice.choice(Feedback.Sort.values),
        text="What a reader says.",
        created_at=now - timedelta(days=dice.randrange(100)),
    )


def _record(pk: int, dice: random.Random, today: date) -> ReviewRecord:
    planned = today - timedelta(days=dice.randrange(400))
    return ReviewRecord(
        page_id=pk,
        title=f"Artifact {pk}",
        path="000100010001",
        planned=planned,
        actual=planned + timedelta(days=dice.randrange(-10, 20)),
        decision=dice.choice(ReviewRecord.Decision.values),
        by_name="A reviewer",
    )


def _audit(pk: int, place: int, dice: random.Random, now: datetime) -> AuditEntry:
    return AuditEntry(
        source=AuditEntry.Source.PAGE,
        source_id=pk * AUDIT_EACH + place,
        at=now - timedelta(minutes=dice.randrange(500_000)),
        actor_name="An editor",
        action=dice.choice(("wagtail.edit", "wagtail.publish", "wagtail.workflow.approve")),
        object_type="catalog.guidepage",
        object_id=str(pk),
        object_label=f"Artifact {pk}",
        path="000100010001",
    )


def _views(pk: int, place: int, dice: random.Random, today: date) -> Usage:
    day = today - timedelta(days=place * 7)
    return Usage(page_id=pk, day=day, what=Usage.What.VIEW, count=dice.randrange(1, 50))


def _search(writer: Writer, dice: random.Random, now: datetime) -> LoggedSearch:
    return LoggedSearch(
        text=writer.text(2),
        at=now - timedelta(minutes=dice.randrange(40_000)),
        results=dice.choice((0, 3, 20)),
        engine="elasticsearch",
        took_ms=dice.randrange(5, 60),
    )


def _queue(ids: list[int], owners: list[int], dice: random.Random, now: datetime) -> None:
    """Drafts that wait at the first step of the workflow that the portal starts with."""
    workflow = Workflow.objects.filter(active=True).order_by("pk")[0]
    task = workflow.tasks[0]
    page_type = ContentType.objects.get_for_model(GuidePage)
    base_type = ContentType.objects.get_for_model(Page)
    asked = {"content_type": page_type, "base_content_type": base_type}
    titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "title"))
    revisions = Revision.objects.bulk_create(
        Revision(**asked, object_id=str(pk), content={}, object_str=titles[pk], created_at=now)
        for pk in ids
    )
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            **asked, object_id=str(pk), workflow=workflow, requested_by_id=dice.choice(owners)
        )
        for pk in ids
    )
    steps = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state,
            revision=revision,
            task=task,
            content_type=ContentType.objects.get_for_model(TaskState),
        )
        for state, revision in zip(states, revisions, strict=True)
    )
    Assignment.objects.bulk_create(
        Assignment(
            task_state=step,
            page_id=pk,
            due_on=timezone.localdate(now) + timedelta(days=dice.randrange(-20, 20)),
            opened_at=now,
        )
        for step, pk in zip(steps, ids, strict=True)
    )
    _current(states, steps)


def _current(states: list[WorkflowState], steps: list[TaskState]) -> None:
    for state, step in zip(states, steps, strict=True):
        state.current_task_state = step
    put: Callable[..., Any] = WorkflowState.objects.bulk_update
    put(states, ["current_task_state"], batch_size=2000)
