"""Programs by the API: started, carried out part by part, ended; for who may see them alone."""

from typing import Any

import pytest

from knowledge.practice.models import Run
from knowledge.practice.programs.models import ProgramRun
from knowledge.practice.services import runs
from tests.factories import ArtifactFactory, CategoryFactory, close, group, machine, person, team
from tests.knowledge.practice.programs.test_programs import part, playbook, program_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
API = "/api/v1/programs/"


@pytest.fixture
def first() -> Any:
    return playbook("Discovery", parent=CategoryFactory(slug="product"))


@pytest.fixture
def second() -> Any:
    return playbook("Launch", parent=CategoryFactory(slug="board"))


@pytest.fixture
def composed(first: Any, second: Any) -> Any:
    guide = ArtifactFactory(title="How to listen", parent=first.get_parent())
    return program_page(part(first, hand_over="Figures"), part(second), part(guide))


@pytest.fixture
def me() -> Any:
    return person("Viewers", username="ada")


def start(user: Any, page: Any, **more: Any) -> Any:
    said = {"artifact": page.pk, "name": "Shop", **more}
    return machine(user).post(API, said, format="json")


def begin(user: Any, program: Any, number: int, **said: Any) -> Any:
    row = program["parts"][number - 1]
    return machine(user).post(f"{API}{program['id']}/parts/{row['id']}/", said, format="json")


def finish(user: Any) -> None:
    run = Run.objects.get(state="running")
    runs.end(run=run, by=user, outcome="failed", summary="Enough")


def test_from_part_to_part(composed: Any, first: Any, me: Any) -> None:
    answer = start(me, composed)
    assert answer.status_code == 201
    program = answer.json()
    assert [row["title"] for row in program["parts"]] == ["Discovery", "Launch", "How to listen"]
    assert [row["is_current"] for row in program["parts"]] == [True, False, False]
    assert program["parts"][0]["hand_over"] == "Figures"
    early = begin(me, program, 2)
    assert early.status_code == 400
    assert "have to be done first" in str(early.json())
    begun = begin(me, program, 1).json()["parts"][0]
    run = Run.objects.get()
    assert (begun["run"], begun["version"], begun["is_done"]) == (run.pk, first.version, False)
    assert begin(me, program, 1).status_code == 409
    finish(me)
    begin(me, program, 2)
    finish(me)
    done = begin(me, program, 3).json()
    assert (done["done"], done["parts"][2]["run"]) == (3, None)
    ended = machine(me).post(f"{API}{program['id']}/end/").json()
    assert ended["ended_at"] is not None
    late = machine(me).post(f"{API}{program['id']}/end/")
    assert late.status_code == 409
    assert late.json()["current"]["id"] == program["id"]


def test_a_run_that_goes_on_becomes_the_part(composed: Any, first: Any, me: Any) -> None:
    going_on = runs.start(page=first, by=me, name="Before the program")
    program = start(me, composed).json()
    assert program["parts"][0]["going_on"] == [going_on.pk]
    assert begin(me, program, 1, run=10**18).status_code == 400
    assert begin(me, program, 1, run=going_on.pk).json()["parts"][0]["run"] == going_on.pk
    assert Run.objects.count() == 1


def test_a_key_starts_one_program(composed: Any, me: Any) -> None:
    said = {"artifact": composed.pk, "name": "Shop"}
    answers = [
        machine(me).post(API, said, format="json", HTTP_IDEMPOTENCY_KEY="one") for _time in "12"
    ]
    assert answers[0].json() == answers[1].json()
    assert ProgramRun.objects.count() == 1


def test_what_is_wrong_is_told_at_its_field(composed: Any, second: Any, me: Any) -> None:
    assert list(start(me, ArtifactFactory()).json()["errors"]) == ["artifact"]
    assert list(start(me, composed, name=" ").json()["errors"]) == ["name"]
    assert list(start(me, composed, team="others").json()["errors"]) == ["team"]
    close(second.get_parent(), group("Insiders"))
    nothing = program_page(part(second))
    assert list(start(me, nothing).json()["errors"]) == ["artifact"]
    assert not ProgramRun.objects.exists()


def test_a_part_that_is_closed_is_not_there(composed: Any, second: Any, me: Any) -> None:
    program = start(me, composed).json()
    close(second.get_parent(), group("Insiders"))
    seen = machine(me).get(f"{API}{program['id']}/").json()
    assert [row["title"] for row in seen["parts"]] == ["Discovery", "How to listen"]
    assert begin(me, program, 2).status_code == 404


def test_a_team_sees_its_own_and_nobody_else(composed: Any, me: Any) -> None:
    member, other = person("Viewers"), person("Viewers")
    ours = team(me, member, name="Payments")
    program = start(me, composed, is_open=False, team=ours.slug).json()
    assert program["team"] == ours.slug
    url = f"{API}{program['id']}/"
    assert machine(member).get(url).json()["is_lead"] is False
    assert machine(member).post(f"{url}end/").status_code == 403
    assert [one["id"] for one in machine(member).get(API).json()["results"]] == [program["id"]]
    assert machine(other).get(url).status_code == 404
    assert machine(other).post(f"{url}end/").status_code == 404
    assert begin(other, program, 1).status_code == 404
    assert machine(other).get(API).json()["results"] == []
    assert machine(other).get(f"{API}?team={ours.slug}").json()["results"] == []


def test_the_list_is_narrowed(composed: Any, me: Any) -> None:
    other = start(person("Viewers"), composed).json()
    mine = start(me, composed).json()
    machine(me).post(f"{API}{mine['id']}/end/")

    def ids(query: str) -> list[int]:
        return [one["id"] for one in machine(me).get(f"{API}{query}").json()["results"]]

    assert ids("") == [mine["id"], other["id"]]
    assert ids("?mine=true") == [mine["id"]]
    assert ids("?running=true") == [other["id"]]
    assert ids("?running=false") == [mine["id"]]
    assert ids(f"?artifact={composed.pk + 1}") == []


def test_queries_do_not_grow(composed: Any, me: Any, django_assert_num_queries: Any) -> None:
    client = machine(me)
    start(me, composed)
    client.get(API)
    with django_assert_num_queries(3):
        client.get(API)
    for _number in range(3):
        start(me, composed)
    with django_assert_num_queries(3):
        client.get(API)
