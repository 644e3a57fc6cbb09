"""The pages of teams: one's own teams, one team, who is in it, and what it has adopted."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog.models import GuidePage
from knowledge.practice.teams import services
from knowledge.practice.teams.adopting import services as adopting
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.models import Adoption, Team
from knowledge.practice.teams.permissions import is_member, leads
from tests.factories import ArtifactFactory, close, group, person, team
from tests.knowledge.practice.teams.records import NAME, RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
DAY = datetime(2026, 11, 3, 12, tzinfo=UTC)
EVERY = pytest.mark.parametrize("kind", RECORDS.values(), ids=RECORDS)


@pytest.fixture
def ada():
    return person("Editors", username="ada", first_name="Ada")


@pytest.fixture
def bob():
    return person("Viewers", username="bob", first_name="Bob")


@pytest.fixture
def ours(ada, bob):
    return team(ada, bob)


@pytest.fixture
def artifact():
    return ArtifactFactory(title="How we review", slug="how-we-review")


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def text(answer) -> str:
    return " ".join(soup(answer).select_one("main").get_text(" ").split())


def test_an_editor_makes_a_team_and_adds_people(client, ada, bob):
    client.force_login(ada)
    assert soup(client.get("/teams/")).select_one('a[href="/teams/new/"]')
    answer = client.post("/teams/new/", {"name": "Payments", "about": "Money"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/teams/payments/people/"
    client.post("/teams/payments/people/", {"_do": "add", "person": "bob", "role": "lead"})
    assert leads(Team.objects.get(), bob)
    assert "Bob" in text(client.get("/teams/payments/"))


def test_a_viewer_is_not_offered_to_make_one(client, bob):
    client.force_login(bob)
    assert "/teams/new/" not in client.get("/teams/").content.decode()
    assert client.post("/teams/new/", {"name": "A"}).status_code == 403


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        ({"person": "nobody", "role": "member"}, "id_person_error"),
        ({"person": "", "role": "member"}, "id_person_error"),
        ({"person": "bob", "role": "member"}, "id_person_error"),
        ({"person": "eve", "role": "king"}, "id_role_error"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(client, ada, ours, sent, at):
    person(username="eve")
    client.force_login(ada)
    answer = client.post("/teams/payments/people/", {"_do": "add", **sent})
    assert answer.status_code == 400
    assert soup(answer).select_one(f"#{at}")
    assert soup(answer).select_one("#id_person").get("value", "") == sent["person"]


def test_roles_change_and_people_go(client, ada, bob, ours):
    client.force_login(ada)
    url = "/teams/payments/people/"
    client.post(url, {"_do": "role", "person": bob.pk, "role": "lead"})
    assert leads(ours, bob)
    client.post(url, {"_do": "remove", "person": bob.pk})
    assert not is_member(ours, bob)
    refused = client.post(url, {"_do": "role", "person": ada.pk, "role": "member"}, follow=True)
    assert "only lead" in refused.content.decode()
    for number in ("0", "", "-1", "99999999999", bob.pk):
        assert client.post(url, {"_do": "remove", "person": number}).status_code == 404


def test_a_lead_who_steps_down_or_goes_lands_where_they_still_may_be(client, ada, bob, ours):
    services.change_role(team=ours, by=ada, person=bob, role="lead")
    client.force_login(ada)
    url = "/teams/payments/people/"
    answer = client.post(url, {"_do": "role", "person": ada.pk, "role": "member"})
    assert answer["Location"] == "/teams/payments/"
    client.force_login(bob)
    services.change_role(team=ours, by=bob, person=ada, role="lead")
    answer = client.post(url, {"_do": "remove", "person": bob.pk})
    assert answer["Location"] == "/teams/"


def test_a_member_leaves_and_the_only_lead_is_told_why_not(client, ada, bob, ours):
    client.force_login(bob)
    answer = client.post("/teams/payments/leave/", follow=True)
    assert answer.redirect_chain[-1][0] == "/teams/"
    assert client.get("/teams/payments/").status_code == 404
    client.force_login(ada)
    assert "only lead" in client.post("/teams/payments/leave/", follow=True).content.decode()


def test_renaming_and_deleting(client, ada, ours):
    client.force_login(ada)
    client.post("/teams/payments/edit/", {"name": "Money", "about": "All"})
    assert "Money" in text(client.get("/teams/payments/"))
    assert client.post("/teams/payments/edit/", {"name": ""}).status_code == 400
    assert "stay closed" in text(client.get("/teams/payments/delete/"))
    assert client.post("/teams/payments/delete/")["Location"] == "/teams/"
    assert not Team.objects.exists()


def test_what_people_wrote_is_text(client, ada, bob, ours, artifact):
    services.rename(team=ours, by=ada, name=HOSTILE, about=HOSTILE)
    adopting.adopt(team=ours, page=artifact, by=ada, note=HOSTILE)
    RECORDS["run"].make(ada, team=ours, name=HOSTILE)
    client.force_login(ada)
    pages = ("", "payments/", "payments/adopted/", "payments/people/", "payments/delete/")
    urls = [f"/teams/{one}" for one in (*pages, f"adopt/{artifact.pk}/")] + [artifact.url, "/runs/"]
    for url in urls:
        shown = client.get(url).content.decode()
        assert "<script>alert" not in shown, url
        assert "<img src=x" not in shown, url


class TestAdopting:
    def test_a_member_adopts_the_live_version_with_a_note(self, client, bob, ours, artifact):
        client.force_login(bob)
        offered = soup(client.get(artifact.url)).select_one(
            f'a[href="/teams/adopt/{artifact.pk}/"]'
        )
        assert offered
        client.post(offered["href"], {"team": "payments", "note": "From May on"})
        row = Adoption.objects.get()
        assert (row.version, row.note, row.adopted_by) == ("1.0", "From May on", bob)
        shown = text(client.get("/teams/payments/"))
        assert "How we review" in shown
        assert "From May on" in shown
        assert "Version 1.0 adopted" in shown

    def test_the_page_says_so_to_the_team_and_to_nobody_else(self, client, bob, ours, artifact):
        adopting.adopt(team=ours, page=artifact, by=bob)
        client.force_login(bob)
        assert "/teams/payments/" in client.get(artifact.url).content.decode()
        others = [
            None,
            person("Viewers"),
            person("Contributors"),
            team(person()).memberships.get().person,
        ]
        for other in others:
            client.logout()
            if other is not None:
                client.force_login(other)
            # Twice: the second may come from memory.
            for _time in range(2):
                assert "payments" not in client.get(artifact.url).content.decode().lower()

    def test_a_newer_version_is_told_and_adopted(self, client, bob, ours, artifact):
        adopting.adopt(team=ours, page=artifact, by=bob, at=DAY, note="By two people")
        type(artifact).objects.filter(pk=artifact.pk).update(version="2.0")
        client.force_login(bob)
        shown = client.get("/teams/payments/adopted/")
        assert "Version 2.0 is live" in text(shown)
        assert soup(shown).select_one(f'a[href="{artifact.url}changes/?from=1.0&to=2.0"]')
        take = soup(shown).select_one(f'a[href^="/teams/adopt/{artifact.pk}/"]')["href"]
        form = soup(client.get(take))
        assert form.select_one("option[selected]")["value"] == "payments"
        assert form.select_one("[name=note]").get_text().strip() == "By two people"
        client.post(take, {"team": "payments", "note": ""})
        row = Adoption.objects.get()
        assert row.version == "2.0"
        assert row.adopted_at > DAY

    def test_what_is_superseded_or_archived_is_marked_with_its_successor(
        self, client, bob, ours, artifact
    ):
        closed, successor = ArtifactFactory(slug="closed"), ArtifactFactory(title="Better review")
        for one in (artifact, closed):
            adopting.adopt(team=ours, page=one, by=bob)
        hidden = ArtifactFactory(title="Hidden successor", slug="hidden")
        close(hidden, group("Insiders"))
        GuidePage.objects.filter(pk=artifact.pk).update(superseded_by=successor)
        GuidePage.objects.filter(pk=closed.pk).update(
            superseded_by=hidden, archived_at=timezone.now()
        )
        client.force_login(bob)
        shown = client.get("/teams/payments/")
        assert soup(shown).select_one(f'a[href="{successor.url}"]')
        assert "It is archived" in text(shown)
        assert "Hidden successor" not in text(shown)

    def test_what_is_unpublished_has_no_link_and_what_is_closed_is_not_there(
        self, client, bob, ours, artifact
    ):
        secret = ArtifactFactory(title="Secret", slug="secret")
        for one in (artifact, secret):
            adopting.adopt(team=ours, page=one, by=bob)
        artifact.unpublish()
        close(secret, group("Insiders"))
        client.force_login(bob)
        shown = client.get("/teams/payments/")
        assert "not published any more" in text(shown)
        assert not soup(shown).select_one(f'a[href="{artifact.url}"]')
        assert "Secret" not in text(shown)
        assert "All of them (1)" in text(shown)
        assert client.post(f"/teams/payments/adopted/{secret.pk}/end/").status_code == 404

    def test_giving_it_up(self, client, bob, ours, artifact):
        adopting.adopt(team=ours, page=artifact, by=bob)
        client.force_login(bob)
        client.post(f"/teams/payments/adopted/{artifact.pk}/end/")
        assert not Adoption.objects.exists()

    def test_who_is_not_in_the_team_neither_adopts_nor_gives_up(self, client, bob, ours, artifact):
        row = adopting.adopt(team=ours, page=artifact, by=bob)
        eve, root = person("Contributors"), person("Administrators")
        team(eve, name="Platform")
        for one in (eve, root):
            with pytest.raises(TeamRefused):
                adopting.adopt(team=ours, page=artifact, by=one)
            with pytest.raises(PermissionDenied):
                adopting.give_up(adoption=row, by=one)
        client.force_login(eve)
        answer = client.post(f"/teams/adopt/{artifact.pk}/", {"team": "payments"})
        assert answer.status_code == 400
        assert "Payments" not in text(answer)

    def test_what_cannot_be_adopted(self, client, bob, ours, artifact):
        secret = ArtifactFactory(slug="secret")
        close(secret, group("Insiders"))
        GuidePage.objects.filter(pk=artifact.pk).update(archived_at=timezone.now())
        artifact.refresh_from_db()
        for one in (secret, artifact):
            with pytest.raises(TeamRefused):
                adopting.adopt(team=ours, page=one, by=bob)
        with pytest.raises(TeamRefused) as refusal:
            adopting.adopt(team=ours, page=ArtifactFactory(), by=bob, note="x" * 501)
        assert refusal.value.field == "note"
        client.force_login(bob)
        assert client.get(f"/teams/adopt/{secret.pk}/").status_code == 404
        assert f"/teams/adopt/{artifact.pk}/" not in client.get(artifact.url).content.decode()


class TestRecords:
    @EVERY
    def test_it_is_begun_for_a_team_and_stands_on_its_page(self, client, bob, ours, kind):
        artifact = kind.page()
        client.force_login(bob)
        url = kind.start.format(artifact.pk)
        separator = "&" if "?" in url else "?"
        form = soup(client.get(f"{url}{separator}team=payments"))
        assert form.select_one("select option[selected][value=payments]")
        # Decisions by a matrix ask for weights, templates for a name of their own.
        sent = {"name": NAME, "_name": NAME, "team": "payments", "_team": "payments"}
        sent |= {"options": "Large\nSmall", "weight_0": "3", "_do": "save"}
        answer = client.post(url, sent)
        assert answer.status_code == 302
        assert kind.model.objects.get().team == ours
        shown = client.get("/teams/payments/")
        assert NAME in text(shown)
        listed = soup(shown).select_one(f'a[href="{kind.listed}?team=payments"]')
        assert NAME in text(client.get(listed["href"]))
        assert "Team Payments" in text(client.get(kind.listed))

    @EVERY
    def test_another_team_cannot_be_chosen(self, client, bob, ours, kind):
        team(person(), name="Platform")
        artifact = kind.page()
        client.force_login(bob)
        sent = {"name": NAME, "_name": NAME, "team": "platform", "_team": "platform"}
        sent |= {"options": "Large\nSmall", "weight_0": "3", "_do": "save"}
        answer = client.post(kind.start.format(artifact.pk), sent)
        assert answer.status_code == 400
        assert not kind.model.objects.exists()

    @EVERY
    def test_who_is_in_no_team_is_not_asked(self, client, kind):
        client.force_login(person("Viewers"))
        form = soup(client.get(kind.start.format(kind.page().pk)))
        assert not form.select_one("[name=team], [name=_team]")

    @EVERY
    def test_lists_are_narrowed_to_a_team_and_to_no_other(self, client, ada, bob, ours, kind):
        artifact = kind.page()
        kind.make(bob, artifact, team=ours, name="Of the team")
        kind.make(bob, artifact, name="Of my own")
        foreign = team(person(), name="Platform")
        client.force_login(bob)
        assert "Of my own" in text(client.get(kind.listed))
        narrowed = text(client.get(f"{kind.listed}?team=payments"))
        assert "Of the team" in narrowed
        assert "Of my own" not in narrowed
        for slug in (foreign.slug, "none"):
            assert client.get(f"{kind.listed}?team={slug}").status_code == 404

    @EVERY
    def test_the_name_of_the_team_is_for_its_members(self, client, ada, bob, ours, kind):
        made = kind.make(ada, team=ours, is_open=True)
        client.force_login(bob)
        assert "Payments" in text(client.get(kind.shown.format(made.pk)))
        client.force_login(person("Viewers"))
        answer = client.get(kind.shown.format(made.pk))
        assert answer.status_code == 200
        assert "payments" not in answer.content.decode().lower()


def test_the_page_of_a_team_costs_the_same_however_much_stands_on_it(
    client, ada, bob, ours, artifact, django_assert_max_num_queries
):
    def fill(count):
        pages = {name: kind.page() for name, kind in RECORDS.items()}
        for _number in range(count):
            adopting.adopt(team=ours, page=ArtifactFactory(), by=ada)
            for name, kind in RECORDS.items():
                kind.make(ada, pages[name], team=ours)

    client.force_login(bob)
    fill(1)
    client.get("/teams/payments/")
    with django_assert_max_num_queries(30) as few:
        client.get("/teams/payments/")
    fill(3)
    with django_assert_max_num_queries(len(few)):
        shown = soup(client.get("/teams/payments/"))
    assert len(shown.select(".team__lists section")) == 7


def test_lists_of_teams_and_of_adopted_are_paged_at_a_fixed_cost(
    client, ada, ours, django_assert_num_queries
):
    client.force_login(ada)
    adopting.adopt(team=ours, page=ArtifactFactory(), by=ada)
    urls = ("/teams/", "/teams/payments/adopted/")
    few = []
    for url in urls:
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        few.append(len(counted))
    parent = ArtifactFactory().get_parent()
    for number in range(26):
        services.make(by=ada, name=f"Team {number}")
        adopting.adopt(team=ours, page=ArtifactFactory(parent=parent), by=ada)
    for url, count in zip(urls, few, strict=True):
        with django_assert_num_queries(count):
            shown = soup(client.get(url))
        assert len(shown.select(".runs__run")) == 25
        assert shown.select_one("a[rel=next]")


def test_the_menu_leads_to_the_teams(client, bob):
    client.force_login(bob)
    assert soup(client.get("/")).select_one(f'.menu a[href="{reverse("teams:index")}"]')
