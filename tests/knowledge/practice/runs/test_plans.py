"""Action plans in a run: tasks with an owner and a day, milestones, what is late and what is nobody's."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone

from knowledge.catalog.models import ActionPlanPage
from knowledge.practice.models import Run
from knowledge.practice.services import leading, runs
from knowledge.practice.tasks import watch_deadlines
from tests.factories import ArtifactFactory, person
from tests.knowledge.practice.runs.helpers import checklist, move, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def plan(**fields: Any) -> ActionPlanPage:
    yesterday = timezone.localdate() - timedelta(days=1)
    tasks = [
        {
            "task": "Write it",
            "owner_role": "Writer",
            "due_after_days": 5,
            "done_when": "It is read",
        },
        {"task": "Rehearse it", "due": yesterday.isoformat()},
    ]
    milestones = [{"name": "First user", "due_after_days": 30, "evidence": "Invoice sent"}]
    return ArtifactFactory.of(
        ActionPlanPage,
        title="Onboard",
        body=[
            {"type": "tasks", "value": {"tasks": tasks}},
            {"type": "milestones", "value": {"milestones": milestones}},
        ],
        **fields,
    )


@pytest.fixture
def run(lead: Any) -> Run:
    return start(plan(), lead)


def day(run: Run, title: str) -> Any:
    found = step(run, title).deadline
    return timezone.localdate(found) if found else None


def words(client: Client, path: str) -> str:
    page = BeautifulSoup(client.get(path).content, "html.parser").main
    return " ".join(page.get_text(" ").split())


def test_tasks_and_milestones_become_steps_with_their_days(run: Run) -> None:
    began = timezone.localdate(run.started_at)
    assert [one.title for one in run.steps.all()] == ["Write it", "Rehearse it", "First user"]
    assert day(run, "Write it") == began + timedelta(days=5)
    assert day(run, "Rehearse it") == began - timedelta(days=1)
    assert day(run, "First user") == began + timedelta(days=30)
    assert ["proof", "Invoice sent"] in step(run, "First user").facts


def test_a_day_ends_with_its_last_minute(lead: Any) -> None:
    at = timezone.make_aware(datetime(2027, 3, 1, 23, 30))
    run = start(plan(), lead, at=at)
    assert timezone.localtime(step(run, "Write it").deadline).strftime("%F %T") == (
        "2027-03-06 23:59:00"
    )


def test_the_page_tells_what_is_late_and_what_is_nobodys(
    run: Run, lead: Any, client: Client
) -> None:
    client.force_login(lead)
    path = f"/runs/{run.pk}/"
    assert "1 step is overdue. 2 steps are nobody’s." in words(client, path)
    runs.give_role(run=run, role="Writer", person=person("Viewers"), by=lead)
    assert "1 step is overdue. 1 step is nobody’s." in words(client, path)
    leading.name_for_step(run=run, step_id=step(run, "Rehearse it").pk, person=lead, by=lead)
    assert "nobody’s" not in words(client, path)
    move(run, "Rehearse it", lead)
    assert "nobody’s" not in words(client, path)
    assert "overdue" not in words(client, path)


def test_it_stands_among_my_work(run: Run, lead: Any, client: Client) -> None:
    client.force_login(lead)
    assert "1 step overdue, 2 steps are nobody’s" in words(client, "/work/")
    writer = person("Viewers")
    runs.give_role(run=run, role="Writer", person=writer, by=lead)
    other = Client()
    other.force_login(writer)
    due = day(run, "Write it")
    assert f"Write it Due {due.day} {due:%b %Y} Shop 4.12" in words(other, "/work/")


def test_other_kinds_have_no_owners_to_miss(lead: Any, client: Client) -> None:

    client.force_login(lead)
    run = start(checklist(), lead)
    assert "nobody’s" not in words(client, f"/runs/{run.pk}/")


def test_a_day_that_had_passed_before_the_start_sends_no_mail(run: Run, lead: Any) -> None:
    watch_deadlines.delay()
    assert not mail.outbox
    assert step(run, "Rehearse it").deadline < timezone.now()
