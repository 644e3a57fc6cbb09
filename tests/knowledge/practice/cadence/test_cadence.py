"""A cadence makes dated tasks: the next of each, once, for the owner of the artifact."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from knowledge.catalog.models import GuidePage
from knowledge.practice.cadence import services
from knowledge.practice.cadence.models import RecurringTask
from knowledge.practice.cadence.tasks import make_due
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from tests.factories import ArtifactFactory, close, group, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)
MEETINGS = [
    {"name": "Service review", "every_days": 14, "purpose": "Decide on <b>risks</b>"},
    {"name": "Retrospective", "every_days": 30, "purpose": "Improve", "owner_role": "Coach"},
]


def body(meetings: Any) -> list[dict[str, Any]]:
    return [{"type": "cadence", "value": {"meetings": meetings}}]


@pytest.fixture
def owner() -> Any:
    return person("Viewers", username="ada")


@pytest.fixture
def mine(client: Client, owner: Any) -> Client:
    client.force_login(owner)
    return client


@pytest.fixture
def artifact(owner: Any) -> GuidePage:
    return ArtifactFactory(title="Way of working", owner_user=owner, body=body(MEETINGS))


def publish(page: GuidePage, meetings: Any) -> None:
    page.body = page.body.stream_block.to_python(body(meetings))
    page.save_revision(clean=False).publish(skip_permission_checks=True)


def days() -> dict[str, date]:
    return {task.name: task.due for task in RecurringTask.objects.filter(done_at=None)}


def words(client: Client, path: str) -> str:
    page = BeautifulSoup(client.get(path).content, "html.parser").main
    return " ".join(page.get_text(" ").split())


def test_the_round_makes_the_next_of_each_once(artifact: GuidePage) -> None:
    today = timezone.localdate()
    wanted = {"Service review": today + 14 * DAY, "Retrospective": today + 30 * DAY}
    make_due.delay()
    assert days() == wanted
    make_due.delay()
    assert days() == wanted
    assert RecurringTask.objects.count() == 2


def test_publishing_makes_them_at_once_and_takes_away_what_is_gone(
    owner: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = ArtifactFactory(owner_user=owner, body=body(MEETINGS))
    assert set(days()) == {"Service review", "Retrospective"}
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, [MEETINGS[0] | {"every_days": 7}])
    task = RecurringTask.objects.get()
    assert (task.name, task.every_days) == ("Service review", 7)
    assert task.due == timezone.localdate() + 14 * DAY


@pytest.mark.parametrize(
    ("last", "due"),
    [(5, 19), (0, 14), (-1, 13), (-13, 1), (-14, 14), (-15, 13), (-140, 14)],
)
def test_the_next_day_keeps_the_rhythm_and_is_to_come(last: int, due: int) -> None:
    today = date(2027, 3, 1)
    assert services.next_due(today + last * DAY, 14, today) == today + due * DAY


def test_what_came_of_it_is_kept_and_the_next_one_follows(
    artifact: GuidePage, mine: Client, owner: Any
) -> None:
    make_due.delay()
    task = RecurringTask.objects.get(name="Service review")
    url = f"/work/recurring/{task.pk}/"
    assert "Decide on <b>risks</b>" in words(mine, url)
    silent = mine.post(url, {"note": " "})
    assert silent.status_code == 400
    assert "Say in a sentence what came of it." in silent.content.decode()
    mine.post(url, {"note": "<i>Two</i> risks are gone"})
    after = RecurringTask.objects.get(name="Service review", done_at=None)
    assert after.due == task.due + 14 * DAY
    assert "<i>Two</i> risks are gone" in words(mine, f"/work/recurring/{after.pk}/")
    late = mine.post(url, {"note": "Again"})
    assert late.status_code == 400
    said = BeautifulSoup(late.content, "html.parser").select_one("main [role=alert]").text
    assert "Somebody has ended this task meanwhile." in said
    assert "Again" in said
    assert RecurringTask.objects.filter(name="Service review").count() == 2


def test_two_at_once_end_it_once(artifact: GuidePage, owner: Any) -> None:
    make_due.delay()
    task = RecurringTask.objects.first()
    now = timezone.now()
    services.end(task=task, by=owner, note="Done", at=now)
    with pytest.raises(ChangedMeanwhile):
        services.end(task=task, by=owner, note="Done", at=now)
    with pytest.raises(RunRefused):
        services.end(
            task=RecurringTask.objects.filter(done_at=None).first(), by=owner, note="", at=now
        )


def test_it_stands_in_the_work_and_the_calendar_of_the_owner(
    artifact: GuidePage, mine: Client, owner: Any
) -> None:
    make_due.delay()
    RecurringTask.objects.filter(name="Retrospective").update(due=timezone.localdate() - DAY)
    found = words(mine, "/work/")
    assert "Recurring tasks 2 Retrospective Overdue since" in found
    token = BeautifulSoup(mine.post("/work/calendar/").content, "html.parser")
    url = token.find(id="address")["value"].removeprefix("http://127.0.0.1:8000")
    assert "SUMMARY:Service review" in Client().get(url).content.decode()


def test_a_group_that_owns_it_finds_it_and_others_do_not(artifact: GuidePage, mine: Client) -> None:
    make_due.delay()
    task = RecurringTask.objects.first()
    crew = person("Night crew")
    other = Client()
    other.force_login(crew)
    url = f"/work/recurring/{task.pk}/"
    assert other.get(url).status_code == 404
    artifact.owner_user, artifact.owner_group = None, group("Night crew")
    artifact.save()
    assert other.get(url).status_code == 200
    assert mine.get(url).status_code == 404
    close(artifact, group("Insiders"))
    assert other.get(url).status_code == 404
    assert "Service review" not in words(other, "/work/")


def test_what_is_archived_asks_for_nothing(artifact: GuidePage, mine: Client) -> None:
    make_due.delay()
    artifact.archived_at = timezone.now()
    artifact.save()
    assert "Service review" not in words(mine, "/work/")
    RecurringTask.objects.all().delete()
    make_due.delay()
    assert not RecurringTask.objects.exists()


def test_the_page_names_the_next_day(artifact: GuidePage, client: Client) -> None:
    make_due.delay()
    due = timezone.localdate() + 14 * DAY
    assert f"Next: Service review, {due.day} {due:%b %Y}" in words(client, artifact.url)
