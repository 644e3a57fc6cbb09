"""Programs: several artifacts in one sequence, each in its own version, run one after the other."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from knowledge.catalog.models import GuidePage, PlaybookPage
from knowledge.catalog.permissions import access_for
from knowledge.practice.models import Run
from knowledge.practice.programs import services
from knowledge.practice.programs.models import ProgramRun
from knowledge.practice.services import runs
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
STEPS = [{"type": "steps", "value": {"steps": [{"title": "Do it"}]}}]


def playbook(title: str, **fields: Any) -> PlaybookPage:
    return ArtifactFactory.of(PlaybookPage, title=title, body=STEPS, **fields)


def part(page: Any, reason: str = "", **more: Any) -> dict[str, Any]:
    return {"page": page.pk, "reason": reason or f"Why {page.title}", **more}


def program_page(*parts: Any) -> GuidePage:
    body = [{"type": "program", "value": {"parts": list(parts)}}]
    return ArtifactFactory(title="First quarter", body=body)


@pytest.fixture
def first() -> PlaybookPage:
    return playbook("Discovery", parent=CategoryFactory(slug="product"))


@pytest.fixture
def second() -> PlaybookPage:
    return playbook("Launch", parent=CategoryFactory(slug="board"))


@pytest.fixture
def composed(first: Any, second: Any) -> GuidePage:
    guide = ArtifactFactory(title="How to listen", parent=first.get_parent())
    return program_page(
        part(first, hand_over="The problem <b>in figures</b>"),
        part(second, "Secret reason"),
        part(guide),
    )


@pytest.fixture
def lead() -> Any:
    return person("Editors", username="lead")


@pytest.fixture
def mine(client: Client, lead: Any) -> Client:
    client.force_login(lead)
    return client


def start(page: Any, by: Any, **more: Any) -> ProgramRun:
    return services.start(page=page, by=by, name="Shop", at=timezone.now(), **more)


def words(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


def finish(program: ProgramRun, position: int, by: Any) -> None:
    run = program.parts.get(position=position).run
    runs.end(run=run, by=by, outcome="failed", summary="Enough")


def begin(client: Client, program: ProgramRun, position: int, **said: Any) -> Any:
    part_id = program.parts.get(position=position).pk
    return client.post(f"/programs/{program.pk}/parts/{part_id}/", said)


def test_the_page_shows_parts_with_the_version_that_is_live(
    composed: Any, first: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    shown = words(client.get(composed.url))
    assert f"Discovery version {first.version}" in shown
    assert "Hands over: The problem <b>in figures</b>" in shown
    before = first.version
    first.title = "Discovery anew"
    with django_capture_on_commit_callbacks(execute=True):
        first.save_revision(clean=False).publish(skip_permission_checks=True)
    first.refresh_from_db()
    assert first.version != before
    assert f"Discovery anew version {first.version}" in words(client.get(composed.url))


def test_from_part_to_part(composed: Any, first: Any, mine: Client, lead: Any) -> None:
    assert "Start the program" in mine.get(composed.url).content.decode()
    answer = mine.post(f"/programs/start/{composed.pk}/", {"name": "Shop"})
    program = ProgramRun.objects.get()
    assert answer.url == f"/programs/{program.pk}/"
    early = begin(mine, program, 2)
    assert early.status_code == 400
    assert "The parts before it have to be done first." in words(early)
    led_to = begin(mine, program, 1)
    run = Run.objects.get()
    assert (led_to.url, run.name, run.version) == (
        f"/runs/{run.pk}/",
        "Shop: Discovery",
        first.version,
    )
    assert begin(mine, program, 1).status_code == 400
    finish(program, 1, lead)
    begin(mine, program, 2)
    finish(program, 2, lead)
    begin(mine, program, 3)
    assert "3 of 3 parts" in words(mine.get(f"/programs/{program.pk}/"))
    mine.post(f"/programs/{program.pk}/end/")
    assert begin(mine, program, 1).status_code == 400
    program.refresh_from_db()
    assert not program.is_running


def test_a_part_that_was_given_up_is_not_done_and_begins_again(composed, mine, lead) -> None:
    mine.post(f"/programs/start/{composed.pk}/", {"name": "Shop"})
    program = ProgramRun.objects.get()
    begin(mine, program, 1)
    given_up = Run.objects.get()
    runs.end(run=given_up, by=given_up.lead, outcome="abandoned", summary="Wrong shop")
    assert "0 of 3 parts" in words(mine.get(f"/programs/{program.pk}/"))
    assert begin(mine, program, 2).status_code == 400
    begin(mine, program, 1)
    finish(program, 1, lead)
    assert "1 of 3 parts" in words(mine.get(f"/programs/{program.pk}/"))


def test_a_part_runs_in_the_version_that_is_live_when_it_begins(
    composed: Any, first: Any, mine: Client, lead: Any
) -> None:
    program = start(composed, lead)
    first.save_revision(clean=False).publish(skip_permission_checks=True)
    first.refresh_from_db()
    begin(mine, program, 1)
    assert Run.objects.get().version == first.version


def test_a_run_that_goes_on_becomes_the_part(
    composed: Any, first: Any, second: Any, mine: Client, lead: Any
) -> None:
    going_on = runs.start(page=first, by=lead, name="Before the program")
    other = runs.start(page=second, by=lead, name="Of another part")
    program = start(composed, lead)
    assert "Take “Before the program”" in words(mine.get(f"/programs/{program.pk}/"))
    assert begin(mine, program, 1, run=other.pk).status_code == 400
    begin(mine, program, 1, run=going_on.pk)
    assert program.parts.get(position=1).run == going_on
    assert Run.objects.count() == 2


def test_a_part_that_is_closed_leaves_no_trace(
    composed: Any, first: Any, second: Any, lead: Any, client: Client
) -> None:
    close(second.get_parent(), group("Insiders"))
    program = start(composed, lead)
    reader = person("Viewers")
    client.force_login(reader)
    for path in (composed.url, f"/programs/{program.pk}/", f"{composed.url}download.json"):
        answer = client.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode()
        assert "Discovery" in text or "discovery" in text or path.endswith("json")
        assert "Launch" not in text
        assert "Secret reason" not in text
    assert "0 of 2 parts" in words(client.get(f"/programs/{program.pk}/"))
    assert begin(client, program, 2).status_code == 404
    begin(client, program, 1)
    finish(program, 1, reader)
    assert begin(client, program, 3).status_code == 302


def test_where_all_parts_are_closed_nothing_is_started(second: Any, mine: Client) -> None:
    page = program_page(part(second))
    close(second.get_parent(), group("Insiders"))
    assert "Start the program" not in mine.get(page.url).content.decode()
    assert mine.get(f"/programs/start/{page.pk}/").status_code == 404
    plain = ArtifactFactory()
    assert mine.get(f"/programs/start/{plain.pk}/").status_code == 404


def test_who_sees_and_who_ends_it(composed: Any, lead: Any, client: Client) -> None:
    member = person("Viewers")
    own = start(composed, lead, is_open=False, team=team(lead, member))
    client.force_login(person("Viewers"))
    assert client.get(f"/programs/{own.pk}/").status_code == 404
    client.force_login(member)
    assert client.get(f"/programs/{own.pk}/").status_code == 200
    assert client.post(f"/programs/{own.pk}/end/").status_code == 403
    services.end(program=own, by=lead, at=timezone.now())


def test_two_at_once_begin_a_part_once(composed: Any, lead: Any) -> None:
    program = start(composed, lead)
    part_id = program.parts.get(position=1).pk
    said = {"program": program, "part_id": part_id, "by": lead, "access": access_for(lead)}
    services.begin(**said, at=timezone.now())
    with pytest.raises(services.ChangedMeanwhile):
        services.begin(**said, at=timezone.now())
    assert Run.objects.count() == 1


def test_it_stands_in_lists_and_work(composed: Any, mine: Client, lead: Any) -> None:
    assert "You take part in no program yet" in words(mine.get("/programs/"))
    start(composed, lead)
    assert "Shop" in words(mine.get("/programs/"))
    assert "Programs that I lead 1 Shop First quarter" in words(mine.get("/work/"))


def test_queries_do_not_grow(mine: Client, lead: Any, django_assert_max_num_queries: Any) -> None:
    category = CategoryFactory(slug="many")
    parts = [part(playbook(f"Part {n}", parent=category)) for n in range(8)]
    few, many = start(program_page(*parts[:2]), lead), start(program_page(*parts), lead)
    mine.get(f"/programs/{few.pk}/")
    for program in (few, many):
        with django_assert_max_num_queries(16):
            mine.get(f"/programs/{program.pk}/")
