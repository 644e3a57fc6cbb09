"""Confirming that one has read: who is asked, once for which version, and who sees it."""

import csv
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.governance.acknowledging import services
from knowledge.governance.acknowledging.errors import NewerVersion, NotAsked
from knowledge.governance.acknowledging.models import Confirmation, Demand
from knowledge.practice.work import morning
from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, close, group, person

pytestmark = pytest.mark.django_db
OPEN = "/reading/"


@pytest.fixture
def section(home: Page):
    return SectionFactory(parent=CategoryFactory(parent=home))


@pytest.fixture
def crew():
    return group("Night crew")


@pytest.fixture
def rule(section, crew) -> Artifact:
    page = ArtifactFactory(parent=section, title="Who may restart")
    demand(section, crew)
    return page


@pytest.fixture
def member(crew):
    return person("Night crew", username="mona", first_name="Mona", last_name="Night")


def demand(section: Page, *groups: object) -> Demand:
    made = Demand.objects.create(section=section)
    made.groups.set(groups)
    return made


def publish(page: Artifact, *, major: bool) -> None:
    page.major_change = major
    page.save_revision().publish()
    page.refresh_from_db()


def said(response) -> str:
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser").select_one("main")
    return " ".join(html.get_text(" ").split())


def confirm(client, page: Artifact, version: str = ""):
    url = reverse("acknowledging:confirm", args=[page.pk])
    return client.post(url, {"version": version or page.version}, follow=True)


PLEASE = "Please confirm that you have read version"


class TestPersonConcerned:
    def test_is_asked_and_confirms_with_one_click(self, client, rule, member) -> None:
        client.force_login(member)
        assert f"{PLEASE} 1.0." in said(client.get(rule.url))

        text = said(confirm(client, rule))

        assert "It is noted that you have read it." in text
        assert PLEASE not in text
        assert "You confirmed version 1.0 on" in text
        assert Confirmation.objects.get().person == member

    def test_is_asked_again_for_a_whole_version_only(self, client, rule, member) -> None:
        client.force_login(member)
        confirm(client, rule)

        publish(rule, major=False)
        assert PLEASE not in said(client.get(rule.url))
        publish(rule, major=True)
        assert f"{PLEASE} 2.0." in said(client.get(rule.url))

    def test_confirms_what_was_read_and_not_what_came_meanwhile(self, rule, member) -> None:
        publish(rule, major=True)

        with pytest.raises(NewerVersion):
            services.confirm(page=rule, by=member, version="1.0", now=timezone.now())

    def test_twice_is_once(self, client, rule, member) -> None:
        client.force_login(member)
        confirm(client, rule)
        before = Confirmation.objects.get().confirmed_at
        confirm(client, rule)

        assert Confirmation.objects.get().confirmed_at == before

    def test_hears_of_it_once_by_mail_and_again_for_a_whole_version(self, rule, member) -> None:
        now = timezone.localtime().replace(hour=9)
        told = []
        for day, major in enumerate((None, None, False, True, None)):
            if major is not None:
                publish(rule, major=major)
            mail.outbox.clear()
            morning.deliver(person_id=member.pk, now=now + timedelta(days=day))
            told.append([letter.subject for letter in mail.outbox if letter.to == [member.email]])
            assert all(rule.title in letter.body for letter in mail.outbox)

        assert told == [["1 new thing waits for you"], [], [], ["1 new thing waits for you"], []]

    def test_has_a_list_of_what_is_open(self, client, rule, member, section) -> None:
        ArtifactFactory(title="Elsewhere", parent=CategoryFactory())
        ArtifactFactory(title="A draft", parent=section, draft=True)
        client.force_login(member)

        text = said(client.get(OPEN))
        assert "Who may restart" in text
        assert "Elsewhere" not in text
        assert "A draft" not in text
        confirm(client, rule)
        assert "Nothing is waiting for you" in said(client.get(OPEN))

    def test_the_list_costs_the_same_for_many(
        self, client, rule, member, section, django_assert_max_num_queries
    ) -> None:
        for _number in range(12):
            ArtifactFactory(parent=section)
        client.force_login(member)
        client.get(OPEN)

        with django_assert_max_num_queries(10):
            client.get(OPEN)


class TestOthers:
    def test_are_not_asked(self, client, rule) -> None:
        assert PLEASE not in said(client.get(rule.url))
        client.force_login(person("Viewers"))
        assert PLEASE not in said(client.get(rule.url))

    def test_cannot_confirm(self, client, rule) -> None:
        stranger = person("Viewers")
        with pytest.raises(NotAsked):
            services.confirm(page=rule, by=stranger, version="1.0", now=timezone.now())
        client.force_login(stranger)
        assert "You are not asked to confirm this." in said(confirm(client, rule))
        assert not Confirmation.objects.exists()

    def test_what_is_closed_does_not_exist(self, client, rule, member, section) -> None:
        close(section, group("Insiders"))
        client.force_login(member)

        assert confirm(client, rule).status_code == 404
        assert "Who may restart" not in said(client.get(OPEN))

    def test_pages_without_a_demand_ask_nothing(self, client, home: Page, member) -> None:
        client.force_login(member)

        assert PLEASE not in said(client.get(ArtifactFactory().url))


class TestDemand:
    def test_holds_below_and_gives_way_to_a_nearer_one(
        self, client, section, crew, member, django_capture_on_commit_callbacks
    ) -> None:
        inner = SectionFactory(parent=section)
        page = ArtifactFactory(parent=inner, title="Inside")
        demand(section, crew)
        client.force_login(member)
        assert PLEASE in said(client.get(page.url))
        assert "Inside" in said(client.get(OPEN))

        with django_capture_on_commit_callbacks(execute=True):
            demand(inner, group("Day crew"))

        assert PLEASE not in said(client.get(page.url))
        assert "Inside" not in said(client.get(OPEN))

    def test_ends_with_its_row(self, client, rule, member) -> None:
        client.force_login(member)
        client.get(rule.url)
        Demand.objects.get().delete()

        assert PLEASE not in said(client.get(rule.url))

    def test_is_made_for_sections_only(self, home: Page) -> None:
        with pytest.raises(ValidationError):
            Demand(section=ArtifactFactory()).full_clean()

    def test_is_set_in_the_admin_by_administrators(self, client, section, crew) -> None:
        url = reverse("wagtailsnippets_governance_acknowledging_demand:add")
        client.force_login(person("Editors"))
        assert client.get(url).status_code in (302, 403)
        client.force_login(person("Administrators"))
        assert client.get(url).status_code == 200

        client.post(url, {"section": section.pk, "groups": [crew.pk]})

        assert list(Demand.objects.get().groups.all()) == [crew]


class TestOverview:
    def url(self, page: Artifact, name: str = "people") -> str:
        return reverse(f"acknowledging:{name}", args=[page.pk])

    @pytest.fixture
    def half(self, rule, crew, member):
        person("Night crew", username="otto", first_name="Otto", last_name="Open")
        now = timezone.now() - timedelta(days=1)
        services.confirm(page=rule, by=member, version="1.0", now=now)
        return rule

    def test_the_owner_sees_who_has_and_who_has_not(self, client, half) -> None:
        client.force_login(half.owner_user)
        assert self.url(half) in client.get(half.url).content.decode()

        text = said(client.get(self.url(half)))

        assert "1 of 2 people have." in text
        assert "Otto Open Not yet" in text
        assert "Mona Night Confirmed version 1.0" in text

    def test_editors_see_it_and_nobody_else(self, client, half, member) -> None:
        for role, status in (("Editors", 200), ("Reviewers", 200), ("Viewers", 404)):
            client.force_login(person(role))
            assert client.get(self.url(half)).status_code == status
            assert client.get(self.url(half, "people_csv")).status_code == status
        client.force_login(member)
        assert client.get(self.url(half)).status_code == 404
        client.logout()
        assert "/login/" in client.get(self.url(half))["Location"]

    def test_who_may_not_see_it_or_has_left_is_not_waited_for(self, client, half, section) -> None:
        person("Night crew", username="left", is_active=False)
        insiders = group("Insiders")
        close(section, insiders)
        half.owner_user.groups.add(insiders)
        client.force_login(half.owner_user)

        assert "0 of 0 people have." in said(client.get(self.url(half)))

    def test_goes_into_a_spreadsheet_without_formulas(self, client, half) -> None:
        person("Night crew", username="evil", first_name="=cmd()", last_name="")
        client.force_login(half.owner_user)

        response = client.get(self.url(half, "people_csv"))

        rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
        assert rows[0] == ["Name", "User name", "Version", "Confirmed at"]
        assert {row[0] for row in rows[1:]} == {"'=cmd()", "Otto Open", "Mona Night"}
        assert [row[2] for row in rows[1:] if row[1] == "mona"] == ["1.0"]

    def test_hostile_names_stay_names(self, client, half) -> None:
        person("Night crew", username="evil", first_name="<script>alert(1)</script>")
        client.force_login(half.owner_user)

        assert "<script>alert" not in client.get(self.url(half)).content.decode()

    def test_costs_the_same_for_many(self, client, half, django_assert_max_num_queries) -> None:
        for _number in range(10):
            person("Night crew")
        client.force_login(half.owner_user)
        client.get(self.url(half))

        with django_assert_max_num_queries(14):
            client.get(self.url(half))
