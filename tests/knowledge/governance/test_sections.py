"""Owners of sections: all rights there, none elsewhere, and all of them gone with the ownership."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from knowledge.catalog.permissions import enters_admin
from knowledge.governance.errors import SectionRefused
from knowledge.governance.sections import selectors, services
from knowledge.governance.sections.models import SectionOwner
from knowledge.governance.services import moderation
from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, group, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(home: Page):
    return CategoryFactory(parent=home, title="Operations")


@pytest.fixture
def other(home: Page):
    return CategoryFactory(parent=home, title="Product")


@pytest.fixture
def chief(home: Page):
    return person("Administrators")


def again(user):
    """The person as the next request finds them, with nothing remembered."""
    return type(user).objects.get(pk=user.pk)


def may(user, page: Page) -> bool:
    return page.permissions_for_user(again(user)).can_publish()


def test_an_owner_has_power_in_the_section_and_below_only(mine, other, chief) -> None:
    owner = person()
    below = ArtifactFactory(parent=SectionFactory(parent=mine))

    services.appoint(section=mine, by=chief, user=owner)

    assert may(owner, mine)
    assert may(owner, below)
    assert not may(owner, other)
    assert not may(owner, mine.get_parent())
    assert enters_admin(again(owner))
    for right in ("auth.change_group", "catalog.add_tag", "search.add_synonymset"):
        assert not again(owner).has_perm(right)


def test_another_owner_takes_every_right_of_the_one_before(mine, chief) -> None:
    first, second = person(), person()
    services.appoint(section=mine, by=chief, user=first)

    services.appoint(section=mine, by=chief, user=second)

    assert not may(first, mine)
    assert not again(first).has_perm("wagtailadmin.access_admin")
    assert again(first).groups.count() == 0
    assert may(second, mine)
    assert SectionOwner.objects.count() == 1
    assert Group.objects.filter(section_rights__isnull=False).count() == 1


def test_without_an_owner_nothing_is_left(mine, chief) -> None:
    owner = person()
    services.appoint(section=mine, by=chief, user=owner)
    services.appoint(section=mine, by=chief)
    assert not may(owner, mine)
    assert not GroupPagePermission.objects.filter(page=mine).exists()


def test_rights_that_the_person_has_otherwise_stay(mine, chief) -> None:
    editor = person("Editors")
    services.appoint(section=mine, by=chief, user=editor)
    services.appoint(section=mine, by=chief)
    assert may(editor, mine)


def test_who_joins_or_leaves_an_owning_group_gets_or_loses_the_rights(mine, chief) -> None:
    squad = group("Squad")
    one, two = person("Squad"), person()
    services.appoint(section=mine, by=chief, group=squad)
    assert may(one, mine)

    two.groups.add(squad)
    squad.user_set.remove(one)

    assert may(two, mine)
    assert not may(one, mine)
    squad.delete()
    assert not may(two, mine)
    assert not SectionOwner.objects.exists()


@pytest.mark.parametrize("goes", ["section", "person"])
def test_with_the_section_or_the_person_the_rights_go(mine, chief, goes: str) -> None:
    owner = person()
    services.appoint(section=mine, by=chief, user=owner)
    (mine if goes == "section" else owner).delete()
    assert not Group.objects.filter(name__startswith="Section owners").exists()


def test_only_who_gives_rights_names_owners(mine, chief) -> None:
    owner = person()
    services.appoint(section=mine, by=chief, user=owner)
    for user in (owner, person("Editors"), person("Auditors"), person()):
        with pytest.raises(PermissionDenied):
            services.appoint(section=mine, by=user, user=user)


def test_a_group_of_rights_is_no_owner_and_two_are_too_many(mine, other, chief) -> None:
    rights = services.appoint(section=mine, by=chief, user=person()).rights
    with pytest.raises(SectionRefused):
        services.appoint(section=other, by=chief, group=rights)
    with pytest.raises(SectionRefused):
        services.appoint(section=other, by=chief, group=group("Squad"), user=person())


def test_drafts_of_the_section_come_to_its_owner_and_no_others(mine, other, chief) -> None:
    owner, writer = person(), person("Contributors")
    services.appoint(section=mine, by=chief, user=owner)
    here = ArtifactFactory(parent=mine, draft=True, owner=writer)
    there = ArtifactFactory(parent=other, draft=True, owner=writer)
    for page in (here, there):
        moderation.submit(page=page, by=writer)

    task = here.current_workflow_task.specific
    assert task.reviewed_by(here, again(owner))
    assert not task.reviewed_by(there, again(owner))
    assert task.get_task_states_user_can_moderate(again(owner)).count() == 1


def test_of_a_draft_those_hear_who_may_decide_it_and_no_owner_of_another_section(
    mine, other, chief
) -> None:
    owner, stranger = person(), person()
    services.appoint(section=mine, by=chief, user=owner)
    services.appoint(section=other, by=chief, user=stranger)
    author = person("Editors")
    draft = ArtifactFactory(parent=mine, draft=True, owner=author)
    mail.outbox.clear()
    moderation.submit(page=draft, by=author)
    told = {address for letter in mail.outbox for address in letter.to}
    assert told == {owner.email, chief.email}


class TestPage:
    def test_an_administrator_names_the_owner(self, client, mine, chief) -> None:
        owner = person(first_name="Rosa", last_name="Lind")
        client.force_login(chief)
        url = reverse("section_manage", args=[mine.pk])

        client.post(url, {"user": owner.pk, "group": "", "anonymous": "no"})

        assert selectors.owner_of(mine).user == owner
        assert selectors.anonymous_set_on(mine) is False
        explored = client.get(reverse("wagtailadmin_explore", args=[mine.pk])).content.decode()
        assert url in explored

    def test_what_was_left_as_it_is_stands_in_no_history(self, client, mine, chief) -> None:
        client.force_login(chief)
        url = reverse("section_manage", args=[mine.pk])
        for word, owner in (("", ""), ("no", ""), ("no", chief.pk), ("no", chief.pk)):
            client.post(url, {"user": owner, "group": "", "anonymous": word})
        actions = PageLogEntry.objects.filter(page=mine).values_list("action", flat=True)
        assert sorted(one for one in actions if one.startswith("governance.section")) == [
            "governance.section_owner",
            "governance.section_voice",
        ]

    def test_two_owners_are_refused_at_the_field(self, client, mine, chief) -> None:
        client.force_login(chief)
        both = {"user": person().pk, "group": group("Squad").pk, "anonymous": ""}
        answer = client.post(reverse("section_manage", args=[mine.pk]), both)
        assert "not both" in BeautifulSoup(answer.content, "html.parser").get_text()
        assert not SectionOwner.objects.exists()

    def test_the_owner_decides_who_speaks_but_not_who_owns(self, client, mine, chief) -> None:
        owner, friend = person(), person()
        services.appoint(section=mine, by=chief, user=owner)
        client.force_login(owner)
        url = reverse("section_manage", args=[mine.pk])

        assert "user" not in client.get(url).context["voice"].fields
        client.post(url, {"anonymous": "no", "user": friend.pk})

        assert selectors.anonymous_set_on(mine) is False
        assert selectors.owner_of(mine).user == owner

    def test_others_do_not_get_in(self, client, mine, other, chief) -> None:
        services.appoint(section=mine, by=chief, user=person(username="owner"))
        client.force_login(type(chief).objects.get(username="owner"))
        answer = client.get(reverse("section_manage", args=[other.pk]))
        assert answer.status_code == 302  # Wagtail's way to refuse: back to its first page


def test_what_is_said_above_holds_until_something_nearer_says_otherwise(mine, chief) -> None:
    below = SectionFactory(parent=mine)
    page = ArtifactFactory(parent=below)
    assert selectors.anonymous_may_speak(page)

    services.let_anonymous_speak(section=mine, by=chief, allowed=False)
    assert not selectors.anonymous_may_speak(page)
    services.let_anonymous_speak(section=below, by=chief, allowed=True)
    assert selectors.anonymous_may_speak(page)
    services.let_anonymous_speak(section=below, by=chief, allowed=None)
    assert not selectors.anonymous_may_speak(page)
    with pytest.raises(PermissionDenied):
        services.let_anonymous_speak(section=mine, by=person("Contributors"), allowed=True)
