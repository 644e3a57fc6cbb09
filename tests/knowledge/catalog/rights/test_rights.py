"""Rights in the admin end at the door of a closed section, whoever closed it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import GroupPagePermission, Page, PageViewRestriction
from wagtail.permissions import policy_registry

from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, close, group, person
from tests.knowledge.catalog.rights.helpers import SECRETS, give, rights

pytestmark = pytest.mark.django_db

REPORTS = (
    "adoption",
    "aging-pages",
    "archive-queue",
    "content-checks",
    "coverage-map",
    "governance",
    "locked",
    "questions-alike",
    "site-history",
    "use-of-artifacts",
    "variants",
    "workflow",
    "workflow_tasks",
)


@pytest.mark.parametrize("role", ["Contributors", "Editors", "Reviewers", "Auditors"])
def test_who_has_rights_above_it_finds_and_opens_nothing_of_it(client, section, inside, role):
    client.force_login(person(role))
    above = section.get_parent().pk
    for address in (
        f"/admin/pages/{above}/",
        f"/admin/pages/{section.pk}/",
        "/admin/pages/search/?q=zebrafish",
        f"/admin/choose-page/{above}/",
        f"/admin/choose-page/{section.pk}/",
        "/admin/choose-page/search/?q=zebrafish",
        "/admin/api/main/pages/",
        f"/admin/api/main/pages/?child_of={section.pk}",
        f"/admin/api/main/pages/{inside.pk}/",
        f"/admin/pages/{inside.pk}/edit/",
        f"/admin/pages/{inside.pk}/view_draft/",
        f"/admin/pages/{inside.pk}/history/",
        f"/admin/pages/{inside.pk}/usage/",
        f"/admin/pages/{inside.pk}/privacy/",
        f"/admin/pages/{inside.pk}/delete/",
        f"/admin/pages/{inside.pk}/move/",
        f"/admin/artifacts/{inside.pk}/use/",
        f"/admin/sections/{section.pk}/",
        *(f"/admin/reports/{name}/" for name in REPORTS),
    ):
        shown = client.get(address, follow=True).content.decode().lower()
        assert not [words for words in SECRETS if words in shown], address


@pytest.mark.parametrize("insider", ["of the group", "with rights in it", "who gives rights"])
def test_its_people_work_in_it(client, section, inside, insider):
    one = person("Editors")
    if insider == "of the group":
        one.groups.add(Group.objects.get(name="Insiders"))
    elif insider == "with rights in it":
        keepers = group("Keepers")
        give(keepers, "change_page", section)
        one.groups.add(keepers)
    else:
        one.user_permissions.add(Permission.objects.get(codename="change_group"))
    assert rights(one, inside).can_edit()
    client.force_login(one)
    for address in (f"/admin/pages/{inside.pk}/edit/", "/admin/pages/search/?q=zebrafish"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Zebrafish plan" in answer.content.decode(), address


def test_rights_on_one_page_open_that_page_alone(section, inside):
    keepers = group("Keepers")
    give(keepers, "change_page", inside)
    one = person("Editors")
    one.groups.add(keepers)
    beside = ArtifactFactory(parent=section, slug="beside")
    assert rights(one, inside).can_edit()
    assert not rights(one, beside).can_edit()
    assert not rights(one, section).can_edit()


def test_rights_on_two_pages_lead_to_both_through_a_door_without_a_name(client, section, inside):
    second = ArtifactFactory(parent=section, title="Danio list", slug="second")
    ArtifactFactory(parent=section, title="Zebrafish budget", slug="third")
    keepers = group("Keepers")
    for page in (inside, second):
        give(keepers, "change_page", page)
    one = person("Viewers")
    keepers.permissions.add(Permission.objects.get(codename="access_admin"))
    one.groups.add(keepers)
    client.force_login(one)
    shown = client.get("/admin/pages/", follow=True).content.decode()
    assert "Zebrafish plan" in shown and "Danio list" in shown
    assert "(Private page)" in shown
    assert "Closed zebrafish room" not in shown and "Zebrafish budget" not in shown
    assert client.get(f"/admin/pages/{section.pk}/edit/").status_code == 404


def test_who_edited_or_owns_it_is_not_shown_it_once_it_is_closed(client, home):
    section = SectionFactory(parent=CategoryFactory(parent=home), title="Open room")
    one = person("Editors")
    page = ArtifactFactory(parent=section, title="Zebrafish plan", owner_user=one, owner=one)
    page.save_revision(user=one, log_action=True)
    page.locked, page.locked_by, page.locked_at = True, one, timezone.now()
    page.save()
    client.force_login(one)
    assert client.get("/admin/").content.decode().count("Zebrafish plan") >= 3
    close(section, group("Insiders"))
    shown = client.get("/admin/").content.decode()
    assert "Zebrafish" not in shown and "(Private page)" not in shown


def test_what_all_who_are_logged_in_may_read_stays_in_the_hands_of_editors(home):
    section = SectionFactory(parent=CategoryFactory(parent=home))
    close(section)
    assert rights(person("Editors"), section).can_edit()


def test_rights_cost_two_queries_while_nothing_is_closed(home, django_assert_num_queries):
    page, one = ArtifactFactory(), person("Editors")
    one = get_user_model().objects.get(pk=one.pk)
    with django_assert_num_queries(2):
        assert page.permissions_for_user(one).can_edit()


class TestClosingIt:
    """By who is in none of the groups they would lock themselves out."""

    @pytest.fixture
    def page(self, home: Page) -> Page:
        group("Insiders")
        return ArtifactFactory()

    def close(self, client, page, *groups: str):
        chosen = [Group.objects.get(name=name).pk for name in groups]
        address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        return client.post(address, {"restriction_type": "groups", "groups": chosen})

    def test_to_oneself_is_refused_at_the_field(self, client, page):
        client.force_login(person("Editors"))
        answer = self.close(client, page, "Insiders")
        shown = BeautifulSoup(answer.json()["html"], "html.parser").get_text(" ")
        assert "This would close it to yourself." in shown
        assert not PageViewRestriction.objects.exists()

    def test_to_others_is_done(self, client, page):
        client.force_login(person("Editors"))
        self.close(client, page, "Insiders", "Editors")
        assert PageViewRestriction.objects.get().groups.count() == 2

    def test_by_who_gives_rights_is_done(self, client, page):
        client.force_login(person("Administrators"))
        self.close(client, page, "Insiders")
        assert PageViewRestriction.objects.get().page_id == page.pk


class TestListsAndSingleAnswers:
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.data())
    def test_say_the_same_of_any_tree(self, home, data):
        """For each page: the list, the tester, the single answer and the list of people agree."""
        PageViewRestriction.objects.all().delete()
        GroupPagePermission.objects.filter(group__name__in=("Red", "Blue")).delete()
        red, blue = group("Red"), group("Blue")
        top = CategoryFactory(parent=home)
        pages = [top, SectionFactory(parent=top)]
        pages += [ArtifactFactory(parent=pages[0]), ArtifactFactory(parent=pages[1])]
        pages = [Page.objects.get(pk=page.pk).specific for page in pages]
        for page in pages:
            closed = data.draw(st.sampled_from(["", "", "login", "red", "blue"]))
            if closed:
                close(page, *{"red": [red], "blue": [blue]}.get(closed, []))
            for one in (red, blue):
                if data.draw(st.integers(0, 3)) == 0:
                    give(one, "change_page", page)
        one = person("Editors")
        one.groups.add(*data.draw(st.sets(st.sampled_from([red, blue]))))
        policy = policy_registry.get_by_type(Page)

        def fresh():
            return get_user_model().objects.get(pk=one.pk)

        listed = set(policy.instances_user_has_permission_for(fresh(), "change"))
        for page in pages:
            asked = policy.user_has_permission_for_instance(fresh(), "change", page)
            assert asked == (Page(pk=page.pk) in listed)
            assert asked == rights(one, page).can_edit()
            assert asked == (one in policy.users_with_permission_for_instance("change", page))
