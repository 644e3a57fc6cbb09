"""The team runs the draft that it tries: pinned to it, seen by the team alone, judged with the pilot."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knowledge.catalog.models import Artifact, PlaybookPage
from knowledge.catalog.permissions import access_for
from knowledge.governance.models import Feedback
from knowledge.governance.pilots import running, services
from knowledge.governance.pilots.errors import PilotRefused
from knowledge.governance.pilots.models import Pilot
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Run
from knowledge.practice.permissions import joinable, may_join
from knowledge.practice.selectors.runs import going_on, taught
from knowledge.practice.services import runs, steps
from knowledge.practice.teams import services as teams
from tests.factories import ArtifactFactory, complete_body, machine, person, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>"


def body(*titles: str) -> list[dict[str, Any]]:
    rest = [part for part in complete_body(PlaybookPage) if part["type"] != "steps"]
    rows = [{"title": title, "owner_role": "Driver", "outcome": "Done"} for title in titles]
    return [*rest, {"type": "steps", "value": {"steps": rows}}]


def drafted(page: Any, *titles: str) -> PlaybookPage:
    draft = PlaybookPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = draft.body.stream_block.to_python(body(*titles))
    draft.save_revision()
    return PlaybookPage.objects.get(pk=page.pk)


@pytest.fixture
def editor() -> Any:
    return person("Editors", username="editor")


@pytest.fixture
def member() -> Any:
    return person("Viewers", username="member")


@pytest.fixture
def ours(editor: Any, member: Any) -> Any:
    return team(member, name="Payments")


@pytest.fixture
def standard(editor: Any) -> Any:
    return ArtifactFactory.of(
        PlaybookPage, title="Launch", slug="launch", body=body("By hand"), owner_user=editor
    )


@pytest.fixture
def pilot(standard: Any, editor: Any, ours: Any) -> Pilot:
    teams.add_member(team=ours, by=person(administrator=True), person=editor)
    page = drafted(standard, "By machine", "Look at it")
    made = services.start(page=page, by=editor, team=ours, goal="Quicker?", at=timezone.now())
    teams.remove_member(team=ours, by=person(administrator=True), person=editor)
    return Pilot.objects.get(pk=made.pk)


def start(pilot: Pilot, by: Any, **more: Any) -> Run:
    return running.start(pilot=pilot, by=by, name=f"Try {HOSTILE}", at=timezone.now(), **more)


def titles(run: Run) -> list[str]:
    return list(run.steps.values_list("title", flat=True))


def text_of(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


def test_a_member_starts_it_from_what_the_team_reads(
    client: Any, pilot: Pilot, standard: Any, member: Any
) -> None:
    client.force_login(member)
    shown = BeautifulSoup(client.get(standard.url).content, "html.parser")
    form = shown.select_one(f'.pilot-mark a[href="/pilots/{pilot.pk}/run/"]')["href"]
    asked = text_of(client, form)
    assert "2 steps of the draft of" in asked
    assert "seen by Payments alone" in asked
    assert client.post(form, {"name": " "}).status_code == 400
    late = client.post(form, {"name": "First try", "due": "2020-01-01"})
    assert late.context["form"].errors["due"]
    answer = client.post(form, {"name": "First try", "role-1": "member"})
    run = Run.objects.get()
    assert answer.url == f"/runs/{run.pk}/"
    assert titles(run) == ["By machine", "Look at it"]
    assert (run.is_pilot, run.is_open, run.team, run.version) == (
        True,
        False,
        pilot.team,
        "1.0 draft",
    )
    page = text_of(client, answer.url)
    assert "Pilot for Payments." in page
    assert "is at version" not in page
    assert "Pilot" in text_of(client, "/runs/")
    assert machine(member).get(f"/api/v1/runs/{run.pk}/").json()["is_pilot"] is True


def test_it_stays_with_its_draft(pilot: Pilot, standard: Any, member: Any, editor: Any) -> None:
    first = start(pilot, member)
    drafted(standard, "Another way")
    services.renew(pilot=pilot, by=editor)
    second = start(pilot, member)
    assert (titles(first), titles(second)) == (["By machine", "Look at it"], ["Another way"])
    of_runs = list(pilot.runs.order_by("pk"))
    assert of_runs[0].revision_id != of_runs[1].revision_id
    assert second.pilot.revision_id == Pilot.objects.get().revision_id


def test_nobody_else_sees_it(
    client: Any, pilot: Pilot, member: Any, editor: Any, ours: Any
) -> None:
    run = start(pilot, member)
    mate, stranger = person("Viewers"), person("Viewers")
    teams.add_member(team=ours, by=member, person=mate)
    for who, sees in ((member, True), (mate, True), (editor, False), (stranger, False)):
        assert may_join(run, who, access_for(who)) is sees
        rows = joinable(Run.objects.all(), who, access_for(who))
        assert rows.exists() is sees
        client.force_login(who)
        assert client.get(f"/runs/{run.pk}/").status_code == (200 if sees else 404)
        found = machine(who).get("/api/v1/runs/").json()["results"]
        assert bool(found) is sees
    teams.add_member(team=ours, by=member, person=editor)
    runs.hand_over(run=run, to=editor, by=member, text="Yours")
    teams.remove_member(team=ours, by=member, person=editor)
    client.force_login(editor)
    assert client.get(f"/runs/{run.pk}/").status_code == 404
    assert not joinable(Run.objects.all(), editor, access_for(editor)).exists()


def test_only_the_team_starts_it_and_gets_roles(
    client: Any, pilot: Pilot, standard: Any, member: Any, editor: Any
) -> None:
    with pytest.raises(PermissionDenied):
        start(pilot, editor)
    client.force_login(editor)
    assert client.get(f"/pilots/{pilot.pk}/run/").status_code == 404
    with pytest.raises(RunRefused):
        start(pilot, member, roles={"Driver": editor})
    assert not Run.objects.exists()
    services.end(pilot=pilot, by=editor, reason="Enough", at=timezone.now())
    with pytest.raises(PilotRefused):
        start(pilot, member)


def test_what_is_live_is_run_as_what_it_is(client: Any, pilot: Pilot, member: Any) -> None:
    pilot.revision.publish()
    with pytest.raises(PilotRefused):
        start(pilot, member)
    client.force_login(member)
    assert client.get(f"/pilots/{pilot.pk}/run/").status_code == 404


def test_a_draft_of_what_is_not_live_is_run(editor: Any, member: Any, ours: Any) -> None:
    teams.add_member(team=ours, by=member, person=editor)
    page = ArtifactFactory.of(PlaybookPage, slug="new", body=body("Try"), owner_user=editor)
    page.unpublish()
    made = services.start(page=page, by=editor, team=ours, goal="Does it?", at=timezone.now())
    run = start(Pilot.objects.get(pk=made.pk), member)
    assert (run.version, titles(run)) == ("draft", ["Try"])


def test_it_is_judged_with_the_pilot_and_nowhere_else(
    client: Any, pilot: Pilot, standard: Any, member: Any, editor: Any
) -> None:
    run = start(pilot, member)
    first = run.steps.first()
    for _time in range(2):
        steps.move(run=run, step_id=first.pk, by=member, to="failed", text="Secret words")
        steps.move(run=run, step_id=first.pk, by=member, to="doing")
    runs.say(run=run, by=member, text=f"Old host {HOSTILE}", step_id=first.pk, is_wrong=True)
    for step in run.steps.all():
        steps.move(run=run, step_id=step.pk, by=member, to="done")
    runs.end(run=run, by=member, outcome="succeeded", lessons="Name the host")
    standard.refresh_from_db()
    assert standard.proved_on is None
    assert not Feedback.objects.exists()
    assert taught(standard) == []
    going = start(pilot, member)
    assert going_on(Artifact.objects.get(pk=standard.pk), member, access_for(member)) == []
    for who, reaches in ((editor, False), (member, True)):
        client.force_login(who)
        for address in (f"/pilots/{pilot.pk}/", f"/pilots/{pilot.pk}/runs/"):
            said = text_of(client, address)
            assert "Failed at: “By machine”" in said
            assert f"“By machine” is said to be wrong: Old host {HOSTILE}" in said
            assert "To be changed: Name the host" in said
            assert "2 of 2 steps" in said
            assert "Secret words" not in said
            assert (f"Try {HOSTILE}" in said) is reaches
            html = client.get(address).content.decode()
            assert HOSTILE not in html
            assert (f"/runs/{going.pk}/" in html) is reaches
    judged = text_of(client, f"/pilots/{pilot.pk}/")
    assert "Running: 1" in judged
    assert "Succeeded: 1" in judged
    client.force_login(person("Viewers"))
    assert client.get(f"/pilots/{pilot.pk}/runs/").status_code == 404


def test_queries_do_not_grow(
    client: Any, pilot: Pilot, member: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(member)
    start(pilot, member)
    address = f"/pilots/{pilot.pk}/runs/"
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for _number in range(3):
        start(pilot, member)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_the_api_lists_pilots_and_starts_a_run(
    pilot: Pilot, member: Any, editor: Any, ours: Any
) -> None:
    api, url = machine(member), f"/api/v1/pilots/{pilot.pk}/runs/"
    listed = api.get("/api/v1/pilots/?state=running").json()["results"]
    assert [(one["id"], one["title"], one["team"]) for one in listed] == [
        (pilot.pk, "Launch", ours.slug)
    ]
    assert api.get("/api/v1/pilots/?state=ended").json()["results"] == []
    said = {"name": "First  try", "roles": {"Driver": "member"}}

    answers = [
        api.post(url, said, format="json", headers={"Idempotency-Key": "one"}) for _again in "ab"
    ]

    assert [one.status_code for one in answers] == [201, 201]
    run = Run.objects.get()
    assert answers[0].json()["id"] == answers[1].json()["id"] == run.pk
    assert (run.name, run.is_pilot, run.team, run.roles.get().person) == (
        "First try",
        True,
        ours,
        member,
    )
    assert pilot.runs.get().run == run
    for bad in ({}, {"name": " "}, {"name": "A", "roles": {"Boss": "member"}}, {"name": ["A"]}):
        assert api.post(url, bad, format="json").status_code == 400
    stranger = {"name": "A", "roles": {"Driver": person("Viewers", username="else").username}}
    assert api.post(url, stranger, format="json").status_code == 400
    assert machine(editor).post(url, said, format="json").status_code == 403
    assert machine(person("Viewers")).post(url, said, format="json").status_code == 404
    assert machine(person("Viewers")).get("/api/v1/pilots/").json()["results"] == []
    services.end(pilot=pilot, by=editor, reason="Enough.", at=timezone.now())
    over = api.post(url, said, format="json")
    assert (over.status_code, "over" in over.content.decode()) == (400, True)
    assert Run.objects.count() == 1
