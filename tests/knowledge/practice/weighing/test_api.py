"""Matrices by the API: opened, scored, decided."""

from typing import Any

import pytest

from knowledge.practice.models import Decision
from tests.factories import ArtifactFactory, machine, person
from tests.knowledge.practice.weighing.test_pages import SCORES
from tests.knowledge.practice.weighing.test_pages import framework as framework
from tests.knowledge.practice.weighing.test_pages import me as me

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
API = "/api/v1/matrices/"


def open_one(user: Any, page: Any, **more: Any) -> Any:
    said = {"artifact": page.pk, "name": "Model for the desk"}
    return machine(user).post(API, said | more, format="json")


@pytest.fixture
def matrix(framework: Any, me: Any) -> dict[str, Any]:
    return open_one(me, framework).json()


def put(user: Any, matrix: Any, scores: Any, revision: int = 0) -> Any:
    said = {"scores": scores, "revision": revision}
    return machine(user).put(f"{API}{matrix['id']}/scores/", said, format="json")


def decide(user: Any, matrix: Any, **said: Any) -> Any:
    return machine(user).post(f"{API}{matrix['id']}/decide/", said, format="json")


def test_from_the_matrix_to_the_decision(framework: Any, me: Any) -> None:
    opened = open_one(me, framework, weights={"Cost": "4"}, options=["Small", "Large", "None"])
    assert opened.status_code == 201
    body = opened.json()
    assert [one["weight"] for one in body["criteria"]] == ["3", "4"]
    assert (body["options"], body["ranking"]) == (["Small", "Large", "None"], None)
    assert body["thresholds"][0]["measure"] == "Cost a month"
    scores = {f"{option}.{criterion}": option + 1 for option in range(3) for criterion in range(2)}
    ranked = put(me, body, scores).json()
    assert (ranked["ranking"][0]["option"], ranked["revision"]) == ("None", 1)
    reasonless = decide(me, body, option="Small")
    assert "reason" in reasonless.json()["errors"]
    done = decide(me, body, option="None", measured={"Cost a month": "100"}).json()
    assert done["decided_at"]
    assert Decision.objects.get(pk=done["decision"]).outcome == "None"
    assert machine(me).get(f"{API}?decided=false").json()["results"] == []


def test_a_threshold_that_is_crossed_asks_for_its_role(matrix: Any, me: Any) -> None:
    put(me, matrix, SCORES)
    crossed = {"option": "Large", "measured": {"Cost a month": "2001"}}
    assert "approver" in decide(me, matrix, **crossed).json()["errors"]
    person("Viewers", username="anna")
    assert decide(me, matrix, **crossed, approvers={"Product lead": "nobody"}).status_code == 400
    assert decide(me, matrix, **crossed, approvers={"Product lead": "anna"}).status_code == 200
    assert Decision.objects.get().approver_role == "Product lead"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"options": ["One"]}, "options"),
        ({"weights": {"Taste": "1"}}, "weights"),
        ({"weights": {"Cost": "much"}}, "weights"),
        ({"name": " "}, "name"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(framework: Any, me: Any, said: Any, field: str) -> None:
    answer = open_one(me, framework, **said)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_scores_off_the_scale_and_stale_ones(matrix: Any, me: Any) -> None:
    off = put(me, matrix, SCORES | {"0.0": "6", "7.7": "1"})
    assert list(off.json()["errors"]["scores"]) == ["0.0", "7.7"]
    assert "scores" in put(me, matrix, {"0.0": "5"}).json()["errors"]
    put(me, matrix, SCORES)
    stale = put(me, matrix, SCORES | {"0.0": "1"})
    assert stale.status_code == 409
    assert stale.json()["current"]["scores"] == SCORES


def test_who_is_not_invited_finds_nothing(matrix: Any, me: Any) -> None:
    ben = person("Viewers", username="ben")
    url = f"{API}{matrix['id']}/"
    assert machine(ben).get(url).status_code == 404
    machine(me).post(f"{url}people/", {"person": "ben"}, format="json")
    assert machine(ben).get(url).status_code == 200
    assert decide(ben, matrix, option="Large").status_code == 403
    put(me, matrix, SCORES)
    assert machine(ben).get(url).json()["ranking"] is None


def test_without_a_matrix_none_is_opened(me: Any) -> None:
    assert "artifact" in open_one(me, ArtifactFactory()).json()["errors"]


def test_queries_do_not_grow(framework: Any, me: Any, django_assert_num_queries: Any) -> None:
    client = machine(me)
    for _number in range(4):
        open_one(me, framework)
        client.get(API)
    with django_assert_num_queries(3):
        client.get(f"{API}?mine=true")


def test_only_who_opened_it_deletes_it(matrix: Any, me: Any) -> None:
    url = f"{API}{matrix['id']}/"
    friend = person("Viewers", username="friend")
    assert machine(friend).delete(url).status_code == 404
    machine(me).post(f"{url}people/", {"person": "friend"}, format="json")
    assert machine(friend).delete(url).status_code == 403
    assert machine(me).delete(url).status_code == 204
    assert machine(me).get(url).status_code == 404
