"""Decisions by the API: walked, recorded, approved, superseded."""

from typing import Any

import pytest

from knowledge.catalog.models import DecisionFrameworkPage
from knowledge.practice.models import Decision
from tests.factories import ArtifactFactory, close, group, machine, part, person, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
API = "/api/v1/decisions/"
STAY = {"data": "No", "users": "12"}
ESCALATE = {"data": "No", "users": "100"}


@pytest.fixture
def framework() -> Any:
    """Data lost: escalate. Else by users: from 100 on escalate, which a commander approves."""
    return ArtifactFactory.of(
        DecisionFrameworkPage,
        title="Escalation",
        body=[part(DecisionFrameworkPage, "decision_tree")],
    )


@pytest.fixture
def lead() -> Any:
    return person("Editors", username="lead")


def post(user: Any, path: str, said: Any) -> Any:
    return machine(user).post(f"{API}{path}", said, format="json")


def record(user: Any, page: Any, answers: Any = None, **more: Any) -> Any:
    said = {"artifact": page.pk, "answers": answers or STAY, "name": "Shop outage"}
    return post(user, "", said | more)


def test_question_by_question_to_the_outcome(framework: Any, lead: Any) -> None:
    first = post(lead, "walk/", {"artifact": framework.pk}).json()
    assert first["question"]["question"] == "Is data lost, or might it be?"
    assert [one["value"] for one in first["question"]["choices"]] == ["Yes", "No"]
    second = post(lead, "walk/", {"artifact": framework.pk, "answers": {"data": "No"}}).json()
    assert (second["question"]["is_number"], second["path"][0]["answer"]) == (True, "No")
    end = post(lead, "walk/", {"artifact": framework.pk, "answers": ESCALATE}).json()
    assert end["question"] is None
    assert end["outcome"]["approver_role"]
    assert not Decision.objects.exists()


def test_a_wrong_answer_is_told_at_its_question(framework: Any, lead: Any) -> None:
    answer = post(lead, "walk/", {"artifact": framework.pk, "answers": {"data": "Perhaps"}})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]["answers"]) == ["data"]


def test_the_record_keeps_the_way_to_it(framework: Any, lead: Any) -> None:
    answer = record(lead, framework, reasons={"data": "<b>Checked</b>"}, context="Friday")
    assert answer.status_code == 201
    body = answer.json()
    assert (body["state"], body["context"], body["decided_by"]["name"]) == (
        "accepted",
        "Friday",
        "Lead",
    )
    assert body["trail"][0]["reason"] == "<b>Checked</b>"
    assert machine(lead).get(f"{API}{body['id']}/").json() == body


def test_who_is_named_approves_and_nobody_else(framework: Any, lead: Any) -> None:
    assert "approver" in record(lead, framework, ESCALATE).json()["errors"]
    anna = person("Viewers", username="anna")
    made = record(lead, framework, ESCALATE, approver="anna").json()
    assert made["state"] == "proposed"
    waiting = machine(anna).get(f"{API}?waiting=true").json()["results"]
    assert [one["id"] for one in waiting] == [made["id"]]
    assert post(lead, f"{made['id']}/verdict/", {"approve": True}).status_code == 403
    without = post(anna, f"{made['id']}/verdict/", {"approve": False})
    assert "note" in without.json()["errors"]
    assert post(anna, f"{made['id']}/verdict/", {"approve": True}).json()["state"] == "accepted"


def test_a_later_one_takes_its_place(framework: Any, lead: Any) -> None:
    first = record(lead, framework).json()["id"]
    other = record(person("Editors"), framework, supersedes=first)
    assert "supersedes" in other.json()["errors"]
    second = record(lead, framework, supersedes=first).json()
    assert second["supersedes"] == [first]
    old = machine(lead).get(f"{API}{first}/").json()
    assert (old["state"], old["superseded_by"]) == ("superseded", second["id"])


def test_of_a_closed_framework_nothing_is_known(framework: Any, lead: Any) -> None:
    made = record(lead, framework).json()["id"]
    reader = person("Viewers")
    assert machine(reader).get(f"{API}{made}/").status_code == 200
    close(framework, group("Editors"))
    assert machine(reader).get(f"{API}{made}/").status_code == 404
    assert machine(reader).get(API).json()["results"] == []
    assert "artifact" in post(reader, "walk/", {"artifact": framework.pk}).json()["errors"]


def test_what_a_team_decides_its_members_find(framework: Any, lead: Any) -> None:
    member = person("Viewers")
    payments = team(lead, member)
    made = record(lead, framework, team=payments.slug, is_open=False).json()
    assert made["team"] == payments.slug
    found = machine(member).get(f"{API}?team={payments.slug}").json()["results"]
    assert [one["id"] for one in found] == [made["id"]]
    open_one = record(lead, framework, team=payments.slug).json()["id"]
    stranger = machine(person("Viewers"))
    assert stranger.get(f"{API}{open_one}/").json()["team"] is None
    assert stranger.get(f"{API}?team={payments.slug}").json()["results"] == []
    foreign = record(person("Editors"), framework, team=payments.slug)
    assert "team" in foreign.json()["errors"]


def test_queries_do_not_grow(framework: Any, lead: Any, django_assert_num_queries: Any) -> None:
    client = machine(lead)
    record(lead, framework)
    client.get(API)
    with django_assert_num_queries(3):
        client.get(API)
    for _number in range(4):
        record(lead, framework)
    with django_assert_num_queries(3):
        client.get(API)
