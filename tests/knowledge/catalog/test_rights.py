"""Rights in the admin end at the door of a closed section, whoever closed it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import GroupPagePermission, Page, PageViewRestriction
from wagtail.permissions import policy_registry
from wagtail.search.backends import get_search_backend

from tests.admin_forms import guide_form
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    SectionFactory,
    close,
    group,
    person,
)

pytestmark = pytest.mark.django_db

SECRETS = ("closed zebrafish room", "zebrafish plan")
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


@pytest.fixture
def section(home: Page) -> Page:
    made = SectionFactory(parent=CategoryFactory(parent=home), title="Closed zebrafish room")
    close(made, group("Insiders"))
    return made


@pytest.fixture
def inside(section: Page) -> Page:
    made = ArtifactFactory(parent=section, title="Zebrafish plan", slug="inside")
    # The settings of tests do not index by themselves.
    get_search_backend().add(made)
    return made


def give(to: Group, codename: str, page: Page) -> None:
    GroupPagePermission.objects.get_or_create(
        group=to, page=page, permission=Permission.objects.get(codename=codename)
    )


def rights(one, page):
    """As the next request knows them."""
    return page.permissions_for_user(get_user_model().objects.get(pk=one.pk))


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


class TestReachingIn:
    """What is done above a closed section, or with its number, does not reach in."""

    @pytest.fixture(params=["Editors", "Reviewers"])
    def outsider(self, request, client, home):
        one = person(request.param)
        rights_of_owner = ["bulk_delete_page", "publish_page", "change_page", "add_page"]
        for codename in rights_of_owner:
            give(one.groups.get(), codename, home)
        client.force_login(one)
        return one

    def test_nothing_above_it_is_copied_with_it(self, client, outsider, section, inside):
        above = section.get_parent()
        assert not rights(outsider, above).can_copy()
        client.post(
            f"/admin/pages/{above.pk}/copy/",
            {
                "new_title": "A copy",
                "new_slug": "a-copy",
                "new_parent_page": above.get_parent().pk,
                "copy_subpages": "on",
                "publish_copies": "on",
            },
        )
        assert Page.objects.filter(title="Zebrafish plan").count() == 1

    def test_not_even_its_people_copy_it_into_the_open(self, section, inside):
        one = person("Editors")
        one.groups.add(Group.objects.get(name="Insiders"))
        assert not rights(one, section).can_copy()
        assert not rights(person("Administrators"), section.get_parent()).can_copy()
        assert rights(one, inside).can_copy()

    @pytest.mark.parametrize(
        "door", ["/admin/pages/{}/delete/", "/admin/bulk/wagtailcore/page/delete/?id={}"]
    )
    def test_what_is_above_it_is_not_deleted(self, client, outsider, section, inside, door):
        above = section.get_parent()
        assert not rights(outsider, above).can_delete()
        client.post(door.format(above.pk))
        assert Page.objects.filter(pk=inside.pk).exists()
        assert rights(person("Administrators"), above).can_delete()

    def test_its_people_are_not_locked_out_from_above(self, outsider, section):
        assert not rights(outsider, section.get_parent()).can_set_view_restrictions()

    def test_the_admin_api_only_reads(self, client, home):
        page = ArtifactFactory()
        client.force_login(person("Administrators"))
        for deed in ("copy", "delete", "move", "publish", "unpublish"):
            answer = client.post(f"/admin/api/main/pages/{page.pk}/action/{deed}/", {})
            assert answer.status_code == 404
        assert Page.objects.get(pk=page.pk).live

    @pytest.mark.parametrize("number", ["{}", "0{}", " {}", "%2B{}"])
    def test_its_number_tells_nothing(self, client, outsider, section, inside, number):
        page = ArtifactFactory(parent=section.get_parent(), slug="beside")
        number = number.format(inside.pk)
        for address in (
            f"/admin/choose-page/chosen-multiple/?id={number}",
            f"/admin/bulk/wagtailcore/page/unpublish/?id={number}&id={page.pk}",
            f"/admin/bulk/wagtailcore/page/move/?id={page.pk}&chooser={number}",
            f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={section.pk}",
            f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={section.get_parent().pk}",
            "/admin/bulk/wagtailcore/page/delete/?id=all",
            f"/admin/search-words/try/?q=plan&first={number}",
            f"/admin/pages/{inside.pk}/revisions/compare/earliest...latest/",
            "/admin/reports/page-types-usage/",
            "/admin/review-queue/",
        ):
            shown = client.get(address, follow=True).content.decode().lower()
            assert not [words for words in SECRETS if words in shown], address
        for address, said in (
            (f"/admin/pages/{page.pk}/copy/", {"new_parent_page": section.pk}),
            (f"/admin/artifacts/{page.pk}/supersede/", {"successor": inside.pk}),
            ("/admin/snippets/search/bestbet/add/", {"words": "plan", "artifact": inside.pk}),
        ):
            answer = client.post(address, said)
            assert answer.status_code in (302, 404), address
            assert "zebrafish" not in answer.content.decode().lower(), address

    def test_a_number_that_no_page_can_have_is_not_found(self, client, outsider, section):
        for address in (f"/admin/pages/{10**30}/edit/", f"/admin/choose-page/{10**30}/"):
            assert client.get(address).status_code == 404

    def test_the_edit_form_takes_and_names_none_of_it(self, client, outsider, section, inside):
        page = ArtifactFactory(parent=section.get_parent(), slug="beside")
        form = guide_form(title="Beside", slug="beside", owner_user=outsider.pk)
        address = f"/admin/pages/{page.pk}/edit/"
        shown = client.post(address, form | {"superseded_by": inside.pk}).content.decode()
        assert "zebrafish" not in shown.lower()
        assert not Page.objects.get(pk=page.pk).get_latest_revision_as_object().superseded_by
        # One that an insider has chosen stays, and is not named.
        page.superseded_by = inside
        page.save_revision().publish()
        shown = client.get(address).content.decode()
        assert "zebrafish" not in shown.lower()
        assert "(Private page)" in shown
        client.post(address, form | {"superseded_by": inside.pk, "bottom_line": "Another."})
        kept = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (kept.superseded_by_id, kept.bottom_line) == (inside.pk, "Another.")
