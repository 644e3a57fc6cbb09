"""Rounds by the API: opened, answered, closed; nobody sees the answers of another person."""

from typing import Any

import pytest

from knowledge.practice.assessments.models import Round
from tests.factories import ArtifactFactory, machine, person
from tests.knowledge.practice.assessments.conftest import HIGH, LOW, give, invited

pytestmark = pytest.mark.django_db
API = "/api/v1/assessments/"


def put(user: Any, one: Round, said: Any) -> Any:
    return machine(user).put(f"{API}{one.pk}/answers/", said, format="json")


def test_from_the_assessment_to_the_result(assessment: Any, me: Any) -> None:
    client = machine(me)
    said = {"artifact": assessment.pk, "name": "Spring"}
    opened = client.post(API, said, format="json")
    assert opened.status_code == 201
    body = opened.json()
    assert [one["name"] for one in body["pillars"]] == ["Communication", "Delivery"]
    assert (body["scale"][0], body["result"], body["revision"]) == ("Initial", None, 0)
    url = f"{API}{body['id']}/"
    draft = {"answers": {"0.0": 1}, "revision": 0, "give": False}
    kept = client.put(f"{url}answers/", draft, format="json").json()
    assert (kept["answers"], kept["answers_given"], kept["revision"]) == ({"0.0": 1}, False, 1)
    missing = client.put(f"{url}answers/", {"answers": {"0.0": 1}, "revision": 1}, format="json")
    assert list(missing.json()["errors"]["answers"]) == ["0.1", "1.0"]
    given = client.put(f"{url}answers/", {"answers": LOW, "revision": 1}, format="json").json()
    assert given["result"][0] == {
        "pillar": "Communication",
        "mean": 1.5,
        "level": 1,
        "level_name": "Initial",
        "is_low": True,
        "lowest": None,
        "highest": None,
    }
    closed = client.post(f"{url}close/", format="json").json()
    assert closed["state"] == "closed"
    late = client.put(f"{url}answers/", {"answers": HIGH, "revision": 2}, format="json")
    assert late.status_code == 400


def test_another_window_is_told_what_stands(one: Round, me: Any) -> None:
    give(one, me, HIGH)
    answer = put(me, one, {"answers": LOW, "revision": 0})
    assert answer.status_code == 409
    assert answer.json()["current"]["answers"] == HIGH


@pytest.mark.parametrize("answers", [{"9.9": 1}, {"0.0": 6}, {"0.0": 0}, {"0.0": "a lot"}])
def test_what_was_not_asked_is_told(one: Round, me: Any, answers: Any) -> None:
    answer = put(me, one, {"answers": answers, "revision": 0})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]["answers"]) == list(answers)


def test_only_who_opened_it_invites_and_closes(one: Round, me: Any) -> None:
    ben = person("Viewers", username="ben")
    url = f"{API}{one.pk}/"
    assert machine(ben).get(url).status_code == 404
    invite = machine(me).post(f"{url}people/", {"person": "ben"}, format="json")
    assert invite.status_code == 200
    assert machine(ben).get(url).json()["is_lead"] is False
    assert machine(ben).post(f"{url}close/").status_code == 403
    assert machine(ben).post(f"{url}people/", {"person": "nobody"}).status_code == 403


def test_of_others_one_sees_a_mean_of_three_and_no_answers(one: Round, me: Any) -> None:
    people = invited(one, me, 3)
    for somebody in people[:2]:
        give(one, somebody, LOW)
    reader = machine(people[0])
    assert reader.get(f"{API}{one.pk}/").json()["result"] is None
    give(one, people[2], HIGH)
    seen = reader.get(f"{API}{one.pk}/").json()
    assert (seen["given"], seen["answers"], seen["result"][0]["mean"]) == (3, LOW, 2.5)


def test_where_nothing_is_asked_no_round_begins(me: Any, home: Any) -> None:
    said = {"artifact": ArtifactFactory().pk, "name": "x"}
    assert machine(me).post(API, said, format="json").status_code == 400


def test_queries_do_not_grow(assessment: Any, me: Any, django_assert_num_queries: Any) -> None:
    client = machine(me)
    said = {"artifact": assessment.pk, "name": "Spring"}
    for _number in range(4):
        client.post(API, said, format="json")
        client.get(API)
    with django_assert_num_queries(4):
        client.get(f"{API}?mine=true")


def test_only_who_opened_a_round_deletes_it(one: Round, me: Any) -> None:
    (friend,) = invited(one, me, 1)
    url = f"{API}{one.pk}/"
    assert machine(person("Viewers")).delete(url).status_code == 404
    assert machine(friend).delete(url).status_code == 403
    assert machine(me).delete(url).status_code == 204
    assert not Round.objects.exists()
