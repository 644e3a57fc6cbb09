"""Runs by the API: as on the page, with errors at the field and conflicts that tell the state."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.governance.models import Feedback
from knowledge.practice.models import Run
from knowledge.practice.services import runs as services
from tests.factories import CategoryFactory, close, group, machine, person
from tests.knowledge.practice.runs.helpers import checklist, move, playbook, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
API = "/api/v1/runs/"


@pytest.fixture
def lead() -> Any:
    return person("Editors", username="lead")


@pytest.fixture
def run(lead: Any) -> Run:
    return start(checklist(), lead)


def post(user: Any, path: str, said: Any, form: str = "json") -> Any:
    return machine(user).post(f"{API}{path}", said, format=form)


def at_step(run: Run, title: str) -> str:
    return f"{run.pk}/steps/{step(run, title).pk}/"


class TestStart:
    def test_a_run_begins_with_its_roles(self, lead: Any) -> None:
        page = playbook()
        approver = person("Viewers", username="anna")
        said = {"artifact": page.pk, "name": " Shop  4.12", "due": "2127-03-01"}
        answer = post(lead, "", said | {"roles": {"Approver": "anna"}})
        assert answer.status_code == 201
        body = answer.json()
        assert (body["name"], body["due"], body["is_lead"]) == ("Shop 4.12", "2127-03-01", True)
        assert [one["title"] for one in body["steps"]] == ["Prepare", "Ready", "Release"]
        assert {"name": "Approver", "person": {"id": approver.pk, "name": "Anna"}} in body["roles"]
        assert body["steps"][2]["locked_by"] == "Ready"
        assert Run.objects.get().due == date(2127, 3, 1)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({}, "artifact"),
            ({"name": ""}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"name": "\x00"}, "name"),
            ({"due": "soon"}, "due"),
            ({"due": "2020-01-01"}, "due"),
            ({"artifact": 10**30}, "artifact"),
            ({"artifact": "one"}, "artifact"),
            ({"roles": {"Nobody's": "lead"}}, "roles"),
            ({"roles": {"Approver": "nobody"}}, "roles"),
            ({"roles": []}, "roles"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, lead: Any, said: Any, field: str) -> None:
        whole = {"artifact": playbook().pk, "name": "Shop"} if said else {}
        answer = post(lead, "", whole | said)
        assert answer.status_code == 400
        assert field in answer.json()["errors"]
        assert not Run.objects.exists()

    def test_of_what_may_not_be_seen_none_begins(self, lead: Any) -> None:
        section = CategoryFactory(slug="insiders")
        page = checklist(parent=section)
        close(section, group("Insiders"))
        there = post(lead, "", {"artifact": page.pk, "name": "x"})
        gone = post(lead, "", {"artifact": page.pk + 1000, "name": "x"})
        assert there.status_code == gone.status_code == 400
        assert there.json() == gone.json()


class TestSteps:
    def test_a_tick_with_evidence(self, run: Run, lead: Any) -> None:
        said = {"state": "done", "revision": 0, "note": "Nothing odd", "link": "https://e.org/1"}
        answer = post(lead, at_step(run, "Read the changes"), said)
        assert answer.status_code == 200
        body = answer.json()
        assert (body["state"], body["note"], body["revision"]) == ("done", "Nothing odd", 1)
        assert (body["link"], body["changed_by"]) == ("https://e.org/1", "Lead")

    def test_a_file_is_kept_and_given_back(self, run: Run, lead: Any) -> None:
        file = SimpleUploadedFile("proof.txt", b"All good")
        answer = post(
            lead, at_step(run, "Tell support"), {"state": "done", "file": file}, "multipart"
        )
        assert answer.json()["file"]["name"] == "proof.txt"
        url = answer.json()["file"]["url"]
        given = machine(lead).get(url)
        assert b"".join(given.streaming_content) == b"All good"
        assert given.headers["Content-Disposition"] == 'attachment; filename="proof.txt"'
        assert machine(person("Viewers")).get(url).status_code == 200
        run.is_open = False
        run.save()
        assert machine(person("Viewers")).get(url).status_code == 404

    def test_a_stale_revision_is_told_the_state(self, run: Run, lead: Any) -> None:
        move(run, "Tell support", lead, to="blocked", text="Nobody answers")
        answer = post(lead, at_step(run, "Tell support"), {"state": "done", "revision": 0})
        assert answer.status_code == 409
        assert answer.headers["Content-Type"] == "application/problem+json"
        current = answer.json()["current"]
        assert (current["state"], current["revision"]) == ("blocked", 1)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"state": "done"}, "note"),
            ({"state": "done", "note": "ok", "link": "javascript:alert(1)"}, "link"),
            ({"state": "skipped"}, "note"),
            ({"state": "finished"}, "state"),
            ({}, "state"),
            ({"state": "done", "revision": "new"}, "revision"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(
        self, run: Run, lead: Any, said: Any, field: str
    ) -> None:
        answer = post(lead, at_step(run, "Read the changes"), said)
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]

    def test_a_step_of_another_run_is_not_there(self, run: Run, lead: Any) -> None:
        other = start(checklist(slug="other"), lead)
        url = f"{run.pk}/steps/{other.steps.first().pk}/"
        assert post(lead, url, {"state": "done"}).status_code == 404
        assert machine(lead).get(f"{API}{url}").status_code == 404

    def test_a_gate_keeps_its_order(self, lead: Any) -> None:
        run = start(playbook(), lead)
        answer = post(lead, at_step(run, "Release"), {"state": "done"})
        assert answer.status_code == 400
        assert "Ready" in answer.json()["errors"]["non_field_errors"][0]


class TestTasks:
    def test_who_does_it_and_until_when(self, run: Run, lead: Any) -> None:
        anna, url = person("Viewers", username="anna"), at_step(run, "Tell support")
        named = post(lead, f"{url}person/", {"person": "anna"}).json()
        assert named["person"] == "Anna"
        assert post(anna, f"{url}due/", {"due": "2099-01-01T12:00:00Z"}).status_code == 403
        due = post(lead, f"{url}due/", {"due": "2099-01-01T12:00:00Z"}).json()
        assert due["deadline"].startswith("2099-01-01")
        past = post(lead, f"{url}due/", {"due": "2020-01-01T12:00:00Z"})
        assert "due" in past.json()["errors"]
        assert post(anna, f"{url}person/", {"person": None}).json()["person"] == ""
        assert post(person("Viewers"), f"{url}person/", {"person": "anna"}).status_code == 403


class TestLeading:
    def test_a_comment_stands_in_the_log(self, run: Run, lead: Any) -> None:
        assert post(lead, f"{run.pk}/comments/", {"text": "<b>Hi</b>"}).status_code == 201
        log = machine(lead).get(f"{API}{run.pk}/events/").json()
        assert [(one["sort"], one["text"]) for one in log["results"]] == [
            ("started", ""),
            ("comment", "<b>Hi</b>"),
        ]
        more = machine(lead).get(f"{API}{run.pk}/events/?after={log['next_after']}").json()
        assert more == {"results": [], "next_after": 2}

    def test_a_step_is_said_to_be_wrong(self, run: Run, lead: Any) -> None:
        url, first = f"{API}{run.pk}/comments/", run.steps.first()
        about = {"text": "It names the old host.", "is_wrong": True}
        assert list(machine(lead).post(url, about, format="json").json()["errors"]) == ["step"]
        other = machine(lead).post(url, about | {"step": 10**9}, format="json")
        assert list(other.json()["errors"]) == ["step"]
        line = machine(lead).post(url, about | {"step": first.pk}, format="json").json()
        assert (line["sort"], line["step"]) == ("doubt", first.pk)
        assert "It names the old host." in Feedback.objects.get().text

    def test_a_role_is_given_and_taken_back(self, lead: Any) -> None:
        run = start(playbook(), lead)
        person("Viewers", username="anna", email="anna@example.org")
        given = post(lead, f"{run.pk}/roles/", {"role": "Approver", "person": "anna@example.org"})
        assert given.json()["roles"][1]["person"]["name"] == "Anna"
        back = post(lead, f"{run.pk}/roles/", {"role": "Approver", "person": None})
        assert back.json()["roles"][1]["person"] is None
        unknown = post(lead, f"{run.pk}/roles/", {"role": "Pilot", "person": "anna"})
        assert "role" in unknown.json()["errors"]

    def test_only_who_leads_hands_over_and_ends(self, run: Run, lead: Any) -> None:
        other = person("Viewers", username="ben")
        word = {"person": "ben", "text": "Half is done."}
        assert post(other, f"{run.pk}/hand-over/", word).status_code == 403
        assert post(lead, f"{run.pk}/hand-over/", word).json()["lead"]["name"] == "Ben"
        end = {"outcome": "failed", "summary": "The disk was full."}
        assert post(lead, f"{run.pk}/end/", end).status_code == 403
        assert post(other, f"{run.pk}/end/", end).json()["state"] == "failed"

    def test_what_is_over_is_told_as_it_is(self, run: Run, lead: Any) -> None:
        services.end(run=run, by=lead, outcome="abandoned", summary="Not needed")
        answer = post(lead, f"{run.pk}/comments/", {"text": "Late"})
        assert answer.status_code == 409
        assert answer.json()["current"]["state"] == "abandoned"

    def test_a_success_with_work_left_is_refused(self, run: Run, lead: Any) -> None:
        answer = post(lead, f"{run.pk}/end/", {"outcome": "succeeded"})
        assert "Tell support" in answer.json()["errors"]["outcome"][0]


class TestLists:
    def test_who_sees_what(self, run: Run, lead: Any) -> None:
        own = start(checklist(slug="own"), lead, is_open=False)
        reader = machine(person("Viewers"))
        assert [one["id"] for one in reader.get(API).json()["results"]] == [run.pk]
        assert reader.get(f"{API}?mine=true").json()["results"] == []
        assert reader.get(f"{API}{own.pk}/").status_code == 404
        mine = machine(lead).get(f"{API}?mine=true&state=running&artifact={own.artifact_id}")
        assert [one["id"] for one in mine.json()["results"]] == [own.pk]

    def test_nothing_is_lost_or_doubled_while_one_pages(self, lead: Any) -> None:
        page = checklist()
        runs = [start(page, lead).pk for _number in range(5)]
        client = machine(lead)
        first = client.get(f"{API}?page_size=2").json()
        start(page, lead)
        second = client.get(first["next"]).json()
        found = [one["id"] for one in first["results"] + second["results"]]
        assert found == list(reversed(runs))[:4]

    @pytest.mark.parametrize(
        "query", ["state=gone", "artifact=x", "mine=perhaps", "page_size=many"]
    )
    def test_a_filter_that_is_none_is_told(self, lead: Any, query: str) -> None:
        assert machine(lead).get(f"{API}?{query}").status_code == 400

    @pytest.mark.parametrize("cursor", ["x", "cD1hYmM=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00"])
    def test_a_cursor_that_was_made_up(self, run: Run, lead: Any, cursor: str) -> None:
        assert machine(lead).get(f"{API}?cursor={cursor}").status_code in (400, 404)

    def test_queries_do_not_grow(
        self, lead: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
    ) -> None:
        page = checklist()
        client = machine(lead)
        for _number in range(3):
            start(page, lead)
        client.get(API)
        with django_assert_num_queries(4):
            client.get(f"{API}?mine=true")
        for _number in range(7):
            run = start(page, lead)
        with django_assert_num_queries(4):
            client.get(f"{API}?mine=true")
        with django_assert_max_num_queries(11):
            client.get(f"{API}{run.pk}/")
