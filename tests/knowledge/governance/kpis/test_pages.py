"""Indicators as people see them: tiles, charts, metric blocks, and the mail on Mondays."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import PerformanceSystemPage
from knowledge.governance.kpis.models import Kpi, Reading, Subscription, TrustDay
from knowledge.governance.kpis.services import figures, mailing, standard
from knowledge.governance.kpis.services.feeding import Value, write
from knowledge.governance.kpis.tasks import compute, mail_week
from knowledge.governance.services import letters, moderation
from tests.factories import ArtifactFactory, close, complete_body, person

pytestmark = pytest.mark.django_db


def measured(kpi: Kpi, *values: float, source: str = "git") -> Kpi:
    """One value a day, the last of them today."""
    now = timezone.now()
    rows = [
        Value(kpi, source, now - timedelta(days=len(values) - 1 - place), Decimal(str(value)))
        for place, value in enumerate(values)
    ]
    write(values=rows, now=now)
    return kpi


@pytest.fixture
def time(home: Page) -> Kpi:
    return Kpi.objects.create(
        name="Cycle <time>", slug="time", unit="hours", comparison="lt", target=4, why="It waits."
    )


@pytest.fixture
def reader(client: Client, home: Page) -> Client:
    client.force_login(person("Editors"))
    return client


def words(response: Any, selector: str) -> str:
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.select_one(selector).get_text(" ").split())


def test_a_tile_says_target_actual_trend_and_why_in_words(reader: Client, time: Kpi) -> None:
    measured(time, 3, 5)
    response = reader.get("/measures/")
    tile = words(response, ".metrics__tile")
    for part in ("5 hours", "Target missed", "less than 4 hours", "Getting worse", "It waits."):
        assert part in tile
    assert "<time>" not in response.content.decode()
    assert BeautifulSoup(response.content, "html.parser").select_one(".measures__missed")


def test_who_may_not_read_indicators_finds_none(home: Page, time: Kpi, client: Client) -> None:
    assert client.get("/measures/").status_code == 302
    client.force_login(person("Viewers"))
    for path in ("/measures/", "/measures/time/", "/measures/time.csv", "/measures/time.json"):
        assert client.get(path).status_code == 404
    assert client.post(reverse("kpis:subscribe"), {"wanted": "yes"}).status_code == 404
    assert client.get(reverse("kpis:api")).status_code == 403


def test_each_source_is_a_line_and_two_units_have_two_scales(reader: Client, time: Kpi) -> None:
    measured(time, 3, 5)
    measured(time, 2, 4, source="tickets")
    size = measured(Kpi.objects.create(name="Size", slug="size", unit="lines"), 100, 300)
    alone = words(reader.get("/measures/time/"), ".chart__legend")
    assert "git (hours)" in alone and "tickets (hours)" in alone
    both = reader.get("/measures/time/", {"with": size.slug})
    assert "Cycle <time> (hours) Size (lines)" in words(both, ".chart__legend")
    table = words(both, ".chart__table")
    assert "4.5 300" in table


def test_an_artifact_that_is_closed_is_not_named(reader: Client, time: Kpi) -> None:
    page = ArtifactFactory(title="Secret plan")
    Kpi.objects.update(artifact=page)
    assert "Secret plan" in reader.get("/measures/time/").content.decode()
    close(page, person("Somebody").groups.get())
    assert "Secret plan" not in reader.get("/measures/time/").content.decode()


def test_tiles_cost_the_same_for_any_number(home: Page, django_assert_num_queries: Any) -> None:
    from knowledge.governance.kpis.selectors import readings

    for number in range(3):
        measured(Kpi.objects.create(name=str(number), slug=str(number)), 1, 2)
    with django_assert_num_queries(2):
        assert len(readings.tiles(today=timezone.localdate())) == 3


def test_the_standard_indicators_are_made_once_and_computed_twice_alike(home: Page) -> None:
    standard.ensure()
    standard.ensure()
    assert Kpi.objects.count() == 11
    author, reviewer = person("Contributors"), person("Reviewers")
    page = ArtifactFactory(draft=True, owner=author)
    state = moderation.submit(page=page, by=author)
    type(state).objects.filter(pk=state.pk).update(created_at=timezone.now() - timedelta(hours=6))
    moderation.approve(page=page, by=reviewer)
    compute()
    compute()
    cycle = Reading.objects.get(kpi__slug="review-cycle-time")
    assert cycle.value == pytest.approx(Decimal(6), abs=Decimal("0.05"))
    assert Reading.objects.get(kpi__slug="verified-on-time").value == 100
    today = dict(TrustDay.objects.values_list("state", "count"))
    assert today["verified"] == 1 and sum(today.values()) == 1
    assert set(dict(figures.choices())) >= {"searches-answered", "review-hours"}


def metric(**fields: Any) -> dict[str, Any]:
    row = {"name": "Time", "comparison": "lt", "target": "9", "actual": "8", **fields}
    return {"type": "metrics", "value": {"metrics": [row]}}


def test_a_metric_block_shows_the_values_of_its_indicator_to_readers(
    client: Client, time: Kpi, committed: Any
) -> None:
    body = [one for one in complete_body(PerformanceSystemPage) if one["type"] != "metrics"]
    page = ArtifactFactory.of(PerformanceSystemPage, body=[*body, metric(indicator="time")])
    measured(time, 6, 3)
    assert "8" in words(client.get(page.url), ".metrics__actual")
    time.is_public = True
    committed(time.save)
    tile = words(client.get(page.url), ".metrics__tile")
    for part in ("3 hours", "Target met", "less than 4 hours", "Getting better", "Measured, last"):
        assert part in tile


MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def sent() -> list[Any]:
    letters.send_due(now=timezone.now())
    return mail.outbox


def test_the_mail_comes_once_a_week_to_who_chose_it(home: Page, time: Kpi, committed: Any) -> None:
    chosen, other = person("Editors"), person("Editors")
    mailing.choose(by=chosen, wanted=True, now=MONDAY - timedelta(days=3))
    for moment in (MONDAY, MONDAY + timedelta(hours=5), MONDAY + timedelta(days=1)):
        for pk in mailing.waiting(now=moment):
            mailing.deliver(person_id=pk, now=moment)
    assert [one.to for one in sent()] == [[chosen.email]]
    assert "Cycle <time>" in mail.outbox[0].body
    assert mailing.deliver(person_id=other.pk, now=MONDAY) is False


def test_who_lost_the_right_gets_no_mail(home: Page, time: Kpi) -> None:
    chosen = person("Editors")
    mailing.choose(by=chosen, wanted=True, now=MONDAY - timedelta(days=3))
    chosen.groups.clear()
    assert mailing.deliver(person_id=chosen.pk, now=MONDAY) is False
    assert sent() == []


def test_the_choice_is_made_and_taken_back_on_the_page(reader: Client) -> None:
    reader.post(reverse("kpis:subscribe"), {"wanted": "yes"})
    assert "Stop the mails" in reader.get("/measures/").content.decode()
    mail_week()
    assert sent() == []
    reader.post(reverse("kpis:subscribe"), {"wanted": "no"})
    assert not Subscription.objects.exists()
