"""The calendar of a person: a secret address, days that hold, nothing that may not be seen."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from knowledge.practice.services import runs
from knowledge.practice.work import ics
from knowledge.practice.work.models import CalendarAddress
from knowledge.practice.work.sections import Line
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person
from tests.knowledge.practice.runs.helpers import checklist, playbook

NOW = datetime(2027, 3, 1, 12, 30, tzinfo=UTC)
DUE = date(2127, 12, 31)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


class TestFormat:
    def test_a_day_is_an_event_of_that_day(self, settings: Any) -> None:
        settings.PORTAL_BASE_URL = "https://portal.example.org"
        line = Line(uid="run-1", title="Shop", url="/runs/1/", about="Release", due=DUE)
        text = ics.calendar("My work", [line, Line("x", "No day", "/")], now=NOW)
        assert unfolded(text)[5:-2] == [
            "BEGIN:VEVENT",
            "UID:run-1@portal.example.org",
            "DTSTAMP:20270301T123000Z",
            "DTSTART;VALUE=DATE:21271231",
            "DTEND;VALUE=DATE:21280101",
            "SUMMARY:Shop",
            "DESCRIPTION:Release",
            "URL:https://portal.example.org/runs/1/",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]

    def test_words_cannot_write_lines_of_their_own(self) -> None:
        hostile = "a,b;c\\d\r\nEND:VCALENDAR\n\x07e"
        text = ics.calendar("x", [Line("1", hostile, "/", due=DUE)], now=NOW)
        assert "SUMMARY:a\\,b\\;c\\\\d\\nEND:VCALENDAR\\ne" in unfolded(text)
        assert text.count("\r\nEND:VCALENDAR\r\n") == 1

    def test_long_lines_are_folded_between_characters(self) -> None:
        words = "Ünïcödé – " * 40
        text = ics.calendar("x", [Line("1", words, "/", due=DUE)], now=NOW)
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert f"SUMMARY:{words}" in unfolded(text)


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
class TestAddress:
    @pytest.fixture
    def me(self, client: Client) -> Any:
        me = person("Viewers", username="ada")
        client.force_login(me)
        return me

    def address(self, client: Client) -> str:
        page = BeautifulSoup(client.post("/work/calendar/").content, "html.parser")
        return page.find(id="address")["value"].removeprefix("http://127.0.0.1:8000")

    def test_it_is_shown_once_and_read_without_a_login(self, client: Client, me: Any) -> None:
        runs.start(page=checklist(), by=me, name="Shop 4.12", due=DUE)
        url = self.address(client)
        token = url.split("/")[-1].removesuffix(".ics")
        answer = Client().get(url)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "SUMMARY:Shop 4.12" in answer.content.decode()
        page = client.get("/work/calendar/").content.decode()
        assert token not in page
        assert "It was read on" in page
        assert token not in str(CalendarAddress.objects.values_list())

    def test_an_old_or_ended_address_answers_nobody(self, client: Client, me: Any) -> None:
        old = self.address(client)
        new = self.address(client)
        assert Client().get(old).status_code == 404
        assert Client().get(new).status_code == 200
        client.post("/work/calendar/", {"_do": "end"})
        assert Client().get(new).status_code == 404

    def test_who_has_left_is_not_read(self, client: Client, me: Any) -> None:
        url = self.address(client)
        me.is_active = False
        me.save()
        assert Client().get(url).status_code == 404

    def test_what_was_closed_since_is_gone(self, client: Client, me: Any) -> None:
        section = CategoryFactory(slug="insiders")
        runs.start(
            page=playbook(parent=section),
            by=person("Editors"),
            name="Secret",
            due=DUE,
            roles={"Lead": me},
        )
        url = self.address(client)
        assert "Secret" in Client().get(url).content.decode()
        close(section, group("Insiders"))
        assert "Secret" not in Client().get(url).content.decode()

    def test_reviews_of_the_next_weeks_stand_in_it(self, client: Client, me: Any) -> None:
        soon = timezone.localdate() + timedelta(days=20)
        ArtifactFactory(title="Mine", owner_user=me, next_review=soon)
        ArtifactFactory(title="Of another", next_review=soon)
        text = Client().get(self.address(client)).content.decode()
        assert f"DTSTART;VALUE=DATE:{soon:%Y%m%d}\r\n" in text
        assert "SUMMARY:Mine" in text
        assert "Of another" not in text
