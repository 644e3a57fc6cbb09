"""The private section of a team: who makes it, reads it, writes in it, and who finds nothing of it."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.models import GuidePage, SectionPage
from knowledge.catalog.permissions import access_for, is_visible
from knowledge.governance.services import moderation
from knowledge.governance.team_sections import services
from knowledge.governance.team_sections.models import TeamSection
from knowledge.practice.teams import services as teams
from knowledge.practice.teams.errors import TeamRefused
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person, team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def ada():
    return person("Viewers", username="ada")


@pytest.fixture
def bob():
    return person("Viewers", username="bob")


@pytest.fixture
def ours(ada, bob):
    return team(ada, bob)


@pytest.fixture
def category():
    return CategoryFactory(title="Operations", slug="operations")


@pytest.fixture
def section(ours, ada, category) -> Page:
    row = services.open_section(team=ours, by=ada, category=category)
    return SectionPage.objects.get(pk=row.section_id)


def fresh(one):
    """As the next request knows the person."""
    return get_user_model().objects.get(pk=one.pk)


def rights(one, page):
    return page.permissions_for_user(fresh(one))


def test_a_lead_makes_it_with_one_click_and_finds_it_there(client, ours, ada, bob, category):
    client.force_login(ada)
    assert "Make a private section" in client.get("/teams/payments/").content.decode()
    client.post("/teams/payments/section/", {"category": "operations"})
    shown = client.get("/operations/payments/")
    assert shown.status_code == 200
    for one in (ada, bob):
        client.force_login(one)
        assert 'href="/operations/payments/"' in client.get("/teams/payments/").content.decode()


@pytest.mark.parametrize("place", ["", "nowhere", "hidden"])
def test_a_category_that_is_not_there_is_refused(client, ours, ada, place):
    close(CategoryFactory(slug="hidden"), group("Insiders"))
    client.force_login(ada)
    client.post("/teams/payments/section/", {"category": place})
    assert not TeamSection.objects.exists()


def test_only_who_leads_it_makes_one_and_only_one(ours, ada, bob, category, section):
    with pytest.raises(TeamRefused):
        services.open_section(team=ours, by=ada, category=category)
    theirs = team(bob, name="Platform")
    for other in (ada, person("Editors")):
        with pytest.raises(PermissionDenied):
            services.open_section(team=theirs, by=other, category=category)
    root = person("Administrators")
    assert services.open_section(team=theirs, by=root, category=category).team == theirs


def test_a_name_that_is_taken_gets_a_number(ours, ada, category):
    ArtifactFactory(parent=category, slug="payments")
    row = services.open_section(team=ours, by=ada, category=category)
    assert row.section.slug == "payments-2"


def test_the_team_reads_it_and_nobody_else(section, ada, bob):
    for one in (ada, bob):
        assert is_visible(section, access_for(one))
    others = [
        None,
        person(),
        *map(person, ("Contributors", "Editors", "Reviewers", "Administrators")),
    ]
    for other in others:
        assert not is_visible(section, access_for(other))


def test_members_write_drafts_and_leads_publish_them(section, ada, bob):
    assert rights(bob, section).can_add_subpage()
    assert not rights(bob, section).can_publish_subpage()
    draft = ArtifactFactory(draft=True, parent=section, owner=bob, slug="draft")
    assert rights(bob, draft).can_edit()
    assert not rights(bob, draft).can_publish()
    moderation.submit(page=draft, by=fresh(bob))
    task = draft.current_workflow_task
    assert task.specific.user_can_access_editor(draft, fresh(ada))
    assert rights(ada, draft).can_publish()
    elsewhere = ArtifactFactory()
    assert not rights(ada, elsewhere).can_edit()


def test_rights_follow_membership_and_role(section, ours, ada, bob):
    teams.change_role(team=ours, by=ada, person=bob, role="lead")
    assert rights(bob, section).can_publish_subpage()
    teams.change_role(team=ours, by=bob, person=ada, role="member")
    assert not rights(ada, section).can_publish_subpage()
    teams.remove_member(team=ours, by=bob, person=ada)
    assert not rights(ada, section).can_add_subpage()
    row = TeamSection.objects.get()
    row.leads.user_set.add(ada)
    assert not row.leads.user_set.filter(pk=ada.pk).exists()


class TestTheAdmin:
    """Rights from above end at the door of the section."""

    @pytest.mark.parametrize("role", ["Contributors", "Editors", "Reviewers", "Auditors"])
    def test_who_has_rights_everywhere_has_none_in_it(self, client, section, role):
        inside = ArtifactFactory(parent=section, title="Zebrafish plan", slug="inside")
        outsider = person(role)
        assert not rights(outsider, inside).can_edit()
        assert not rights(outsider, Page.objects.get(pk=inside.pk)).can_edit()
        assert not rights(outsider, section).can_add_subpage()
        policy = policy_registry.get_by_type(Page)
        known = policy.explorable_instances(fresh(outsider)).values_list("pk", flat=True)
        assert inside.pk not in known
        assert section.pk not in known
        assert not policy.user_has_permission_for_instance(fresh(outsider), "change", inside)
        client.force_login(outsider)
        for address in (
            f"/admin/pages/{section.get_parent().pk}/",
            "/admin/pages/search/?q=zebrafish",
            f"/admin/choose-page/{section.pk}/",
            f"/admin/choose-page/{section.get_parent().pk}/",
            "/admin/choose-page/search/?q=zebrafish",
            "/admin/reports/site-history/",
            "/admin/reports/aging-pages/",
        ):
            shown = client.get(address).content.decode().lower()
            assert "zebrafish plan" not in shown, address
            assert ">payments<" not in shown, address
        for address in (
            f"/admin/pages/{inside.pk}/edit/",
            f"/admin/pages/{inside.pk}/history/",
            f"/admin/pages/{inside.pk}/view_draft/",
            f"/admin/pages/{inside.pk}/usage/",
            f"/admin/pages/{inside.pk}/copy/",
            f"/admin/pages/{inside.pk}/revisions/compare/earliest...latest/",
        ):
            answer = client.get(address)
            assert answer.status_code != 200, address
            assert (
                "zebrafish"
                not in client.get(answer.get("Location", "/admin/")).content.decode().lower()
            )

    def test_members_find_their_pages(self, client, section, bob):
        ArtifactFactory(parent=section, title="Zebrafish plan", slug="inside", owner=bob)
        client.force_login(bob)
        for address in (
            f"/admin/pages/{section.pk}/",
            f"/admin/choose-page/{section.pk}/",
        ):
            assert "Zebrafish plan" in client.get(address, follow=True).content.decode(), address

    def test_who_gives_rights_gets_in_to_put_it_in_order(self, section):
        assert rights(person("Administrators"), section).can_edit()
        assert rights(person(administrator=True), section).can_edit()

    def test_mails_about_it_go_to_its_people(self, section, ada):
        editor = person("Editors")
        policy = policy_registry.get_by_type(Page)
        asked = set(policy.users_with_permission_for_instance("publish", section))
        assert ada in asked
        assert editor not in asked
        elsewhere = set(policy.users_with_permission_for_instance("publish", section.get_parent()))
        assert editor in elsewhere

    def test_without_its_team_it_stays_closed(self, ours, ada, section):
        teams.delete(team=ours, by=ada)
        for one in (ada, person("Editors"), person("Contributors")):
            assert not rights(one, section).can_edit()
            assert not is_visible(section, access_for(one))
        assert rights(person("Administrators"), section).can_edit()


def test_pages_outside_of_it_are_as_they_were(section):
    page = ArtifactFactory()
    assert rights(person("Editors"), page).can_edit()
    assert GuidePage.objects.filter(pk=page.pk).exists()
    assert rights(person("Contributors"), page.get_parent()).can_add_subpage()
