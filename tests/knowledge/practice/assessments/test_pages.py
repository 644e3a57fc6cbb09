"""Answering at once, alone and together; what is kept, compared and taken along."""

import csv
import io
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog.models import AssessmentPage
from knowledge.practice.assessments import services
from knowledge.practice.assessments.models import Round, Sheet
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from tests.factories import ArtifactFactory, person
from tests.knowledge.practice.assessments.conftest import HIGH, LOW, give, invited

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"assessments:{name}", args=args)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def rows(shown) -> list[list[str]]:
    table = shown.select_one(".assess__table tbody")
    return [[" ".join(c.text.split()) for c in row.select("th, td")] for row in table.select("tr")]


class TestAtOnce:
    def test_anyone_answers_and_sees_the_result_and_nothing_is_kept(
        self, client, assessment, helping, hidden
    ) -> None:
        assert url("at_once", assessment.pk) in client.get(assessment.url).content.decode()
        form = soup(client.get(url("at_once", assessment.pk)))
        assert [one.legend.text for one in form.select("fieldset")][2] == "Is the build green?"
        shown = soup(client.post(url("at_once", assessment.pk), LOW))
        assert rows(shown) == [
            ["Communication low", "1 Initial", "1.5"],
            ["Delivery", "4 Quantitatively managed", "4.0"],
        ]
        assert shown.select_one(f'a[href="{helping.url}"]').text == helping.title
        assert hidden.title not in shown.text
        assert shown.select_one("svg.assess__chart")["role"] == "img"
        assert not Round.objects.exists()

    def test_a_question_left_out_is_named_and_the_rest_stays(self, client, assessment) -> None:
        answer = client.post(url("at_once", assessment.pk), {"0.0": "3", "1.0": "9"})
        assert answer.status_code == 400
        shown = soup(answer)
        links = [one["href"] for one in shown.select("[role=alert] a")]
        assert links == ["#question-0-1", "#question-1-0"]
        assert [one["value"] for one in shown.select("[checked]")] == ["3"]

    def test_who_is_logged_in_keeps_it(self, client, assessment, me) -> None:
        assert client.post(url("keep", assessment.pk), LOW).status_code == 302
        assert not Round.objects.exists()
        client.force_login(me)
        client.post(url("keep", assessment.pk), LOW)
        one = Round.objects.get()
        assert (one.owner, one.state, one.version) == (me, "closed", "1.0")
        assert rows(soup(client.get(url("round", one.pk))))[0][1] == "1 Initial"

    def test_a_fit_assessment_ends_in_a_page_with_the_reasons(self, client, home) -> None:
        pillars = [
            {"name": "Team", "questions": [{"question": "Python?"}], "low_score_below": "2"},
            {"name": "<b>Data</b>", "questions": [{"question": "Much?"}], "low_score_below": "2"},
        ]
        value = {"title": "Fit", "scale_labels": ["No", "Yes"], "pillars": pillars}
        fit = {"adopt_when": ["Data is the work"], "unnecessary_when": ["One static page"]}
        page = ArtifactFactory.of(
            AssessmentPage,
            body=[{"type": "assessment", "value": value}, {"type": "fit", "value": fit}],
        )
        shown = soup(client.post(url("at_once", page.pk), {"0.0": "2", "1.0": "2"}))
        assert shown.select_one("#verdict").text == "Yes, adopt it"
        assert "Data is the work" in shown.text
        assert not shown.select("main b b, th b")
        shown = soup(client.post(url("at_once", page.pk), {"0.0": "1", "1.0": "2"}))
        assert shown.select_one("#verdict").text == "No, not now"
        assert "One static page" in shown.text

    def test_what_has_no_questions_or_is_closed_to_the_person_is_not_found(
        self, client, hidden
    ) -> None:
        for name in ("at_once", "start"):
            client.force_login(person("Viewers"))
            assert client.get(url(name, ArtifactFactory().pk)).status_code == 404
            assert client.get(url(name, hidden.pk)).status_code == 404


class TestRounds:
    def test_a_draft_is_kept_does_not_count_and_is_given_later(self, mine, assessment) -> None:
        answer = mine.post(url("start", assessment.pk), {"name": "Spring"})
        one = Round.objects.get()
        assert answer["Location"] == url("answer", one.pk)
        mine.post(url("answer", one.pk), {"0.0": "4", "_seen": "0", "_do": "save"})
        form = soup(mine.get(url("answer", one.pk)))
        assert [field["value"] for field in form.select("[checked]")] == ["4"]
        assert "Nobody has given answers yet" in mine.get(url("round", one.pk)).content.decode()
        refused = mine.post(url("answer", one.pk), {"0.0": "4", "_seen": "1", "_do": "give"})
        assert refused.status_code == 400
        assert len(soup(refused).select(".field__error")) == 2
        mine.post(url("answer", one.pk), HIGH | {"_seen": "1", "_do": "give"})
        assert rows(soup(mine.get(url("round", one.pk))))[0][2] == "4.5"

    def test_what_is_saved_is_said_to_count_when_it_does(self, mine, one, me) -> None:
        def saved(answers: dict, seen: int) -> str:
            sent = answers | {"_seen": str(seen), "_do": "save"}
            return mine.post(url("answer", one.pk), sent, follow=True).content.decode()

        assert "They do not count yet." in saved(HIGH, 0)
        mine.post(url("answer", one.pk), HIGH | {"_seen": "1", "_do": "give"})
        assert "Saved. Your answers count." in saved(LOW, 2)
        assert rows(soup(mine.get(url("round", one.pk))))[0][2] == "1.5"
        assert "They do not count yet." in saved({"0.0": 3}, 3)

    def test_a_mail_is_promised_only_to_who_gets_one(self, mine, one) -> None:
        person("Viewers", username="grace")
        person("Viewers", username="alan", email="")
        for name, is_told in (("grace", True), ("alan", False)):
            answer = mine.post(url("invite", one.pk), {"person": name}, follow=True)
            text = answer.content.decode()
            assert "Invited." in text
            assert ("A mail tells" in text) == is_told

    def test_the_day_is_that_of_the_clock_on_the_wall(self, mine, one, me) -> None:
        give(one, me, LOW)
        one.opened_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        one.save()
        data = mine.get(url("export", one.pk, "json")).json()["results"]
        assert data[0]["opened_on"] == "2026-07-01"

    def test_who_saves_second_is_told_and_overwrites_nothing(self, mine, one, me) -> None:
        mine.post(url("answer", one.pk), {"0.0": "4", "_seen": "0", "_do": "save"})
        answer = mine.post(url("answer", one.pk), {"0.0": "1", "_seen": "0", "_do": "save"})
        assert answer.status_code == 400
        assert Sheet.objects.get().answers == {"0.0": 4}
        shown = soup(answer)
        assert [field["value"] for field in shown.select("[checked]")] == ["1"]
        assert shown.select_one("[name=_seen]")["value"] == "1"
        with pytest.raises(ChangedMeanwhile):
            services.answer(one=one, by=me, answers={}, seen=0, give=False)

    def test_a_closed_round_takes_no_answers(self, mine, one, me) -> None:
        give(one, me, LOW)
        mine.post(url("close", one.pk))
        with pytest.raises(RunRefused):
            services.answer(one=one, by=me, answers=HIGH, seen=1, give=True)
        answer = mine.post(url("answer", one.pk), HIGH | {"_seen": "1", "_do": "give"})
        assert answer.status_code == 400

    def test_the_spread_is_shown_from_three_answers_on(self, mine, one, me) -> None:
        others = invited(one, me, 2)
        give(one, me, LOW)
        give(one, others[0], HIGH)
        assert "Lowest to highest" not in mine.get(url("round", one.pk)).content.decode()
        give(one, others[1], HIGH)
        assert rows(soup(mine.get(url("round", one.pk))))[0] == [
            "Communication",
            "3 Defined",
            "3.5",
            "1.5 – 4.5",
        ]

    def test_the_next_round_shows_what_has_changed(self, mine, assessment, me) -> None:
        day = timezone.now()
        first = services.begin(
            page=assessment, by=me, name="Autumn", at=day - timezone.timedelta(days=90)
        )
        give(first, me, LOW)
        second = services.begin(page=assessment, by=me, name="Spring", at=day)
        give(second, me, HIGH)
        shown = soup(mine.get(url("round", second.pk)))
        assert [row[3] for row in rows(shown)] == ["+3.0", "+1.0"]
        assert shown.select("svg polyline")
        assert shown.select_one("section[aria-labelledby=earlier] a").text == "Autumn"
        assert not soup(mine.get(url("round", first.pk))).select("#earlier")

    def test_a_round_stays_with_its_version(self, mine, assessment, one, me) -> None:
        give(one, me, LOW)
        assessment.body = assessment.body.stream_block.to_python([])
        assessment.save_revision(clean=False).publish(skip_permission_checks=True)
        shown = soup(mine.get(url("round", one.pk)))
        assert len(rows(shown)) == 2
        assert "at version 1.1 by now" in shown.text

    def test_the_result_is_taken_along_without_formulas(self, mine, one, me) -> None:
        one.name = "=1+1"
        one.save()
        assert mine.get(url("export", one.pk, "csv")).status_code == 404
        give(one, me, LOW)
        data = mine.get(url("export", one.pk, "json")).json()["results"]
        assert [(row["pillar"], row["mean"], row["level_name"]) for row in data] == [
            ("Communication", 1.5, "Initial"),
            ("Delivery", 4.0, "Quantitatively managed"),
        ]
        text = mine.get(url("export", one.pk, "csv")).content.decode()
        assert next(csv.DictReader(io.StringIO(text)))["round"] == "'=1+1"
        assert mine.get(url("export", one.pk, "xls")).status_code == 404
