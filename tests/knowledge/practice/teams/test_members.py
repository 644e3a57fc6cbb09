"""Making teams, who is in them, who leads, and the group that follows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from wagtail.models import PageViewRestriction

from knowledge.catalog.permissions import access_for
from knowledge.catalog.services import freshness
from knowledge.practice.teams import permissions, selectors, services
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.models import Membership, Team
from knowledge.practice.teams.signals import members_changed
from tests.factories import CategoryFactory, UserFactory, group, person, team

LEAD, MEMBER = Membership.Role.LEAD, Membership.Role.MEMBER
pytestmark = pytest.mark.django_db


def in_group(made: Team) -> set[str]:
    return set(made.group.user_set.values_list("username", flat=True))


@pytest.mark.parametrize("role", ["Editors", "Administrators"])
def test_editors_and_administrators_make_teams_and_lead_them(home, role):
    ada = person(role, username="ada")
    made = services.make(by=ada, name="  Payments \n team ", about="Money in, money out.")
    assert (made.name, made.slug) == ("Payments team", "payments-team")
    assert permissions.leads(made, ada)
    assert in_group(made) == {"ada"}


@pytest.mark.parametrize("role", ["", "Viewers", "Contributors", "Reviewers", "Auditors"])
def test_nobody_else_makes_teams(home, role):
    with pytest.raises(PermissionDenied):
        services.make(by=person(role), name="Payments")


def test_names_may_be_the_same_and_addresses_never_are(home):
    ada = person("Editors")
    slugs = [services.make(by=ada, name=name).slug for name in ("Pay", "Pay", "New", "支払い")]
    assert slugs == ["pay", "pay-2", "new-2", "team"]


@pytest.mark.parametrize(
    ("name", "about", "field"),
    [(" ", "", "name"), ("x" * 81, "", "name"), ("A", "x" * 1001, "about")],
)
def test_a_team_without_a_fitting_name_is_refused_at_the_field(home, name, about, field):
    with pytest.raises(TeamRefused) as refusal:
        services.make(by=person("Editors"), name=name, about=about)
    assert refusal.value.field == field


def test_renaming_keeps_the_address_and_names_the_group(home):
    ada = person()
    made = services.rename(team=team(ada), by=ada, name="Money", about="All of it.")
    assert (made.slug, made.name, made.about) == ("payments", "Money", "All of it.")
    assert made.group.name == "Team: Money (payments)"


def test_the_group_follows_who_is_in_the_team(home):
    ada, bob, eve = (person(username=name) for name in ("ada", "bob", "eve"))
    made = team(ada, bob)
    services.add_member(team=made, by=ada, person=eve)
    assert in_group(made) == {"ada", "bob", "eve"}
    services.remove_member(team=made, by=ada, person=bob)
    assert in_group(made) == {"ada", "eve"}
    assert list(selectors.teams_of(bob)) == []
    assert list(selectors.teams_of(eve)) == [made]


def test_by_hand_nobody_gets_into_the_group_or_out_of_it(home):
    ada, eve = person(username="ada"), person(username="eve")
    made = team(ada)
    eve.groups.add(made.group)
    ada.groups.clear()
    made.group.user_set.remove(ada)
    assert in_group(made) == {"ada"}
    assert not permissions.is_member(made, eve)


def test_what_is_restricted_to_the_group_opens_and_closes_with_membership(home):
    ada, bob = person(), person()
    made = team(ada)
    section = CategoryFactory(slug="private")
    closed = PageViewRestriction.objects.create(
        page=section, restriction_type=PageViewRestriction.GROUPS
    )
    closed.groups.add(made.group)
    assert not access_for(bob).opens(section.path)
    services.add_member(team=made, by=ada, person=bob)
    assert access_for(bob).opens(section.path)
    services.remove_member(team=made, by=ada, person=bob)
    assert not access_for(bob).opens(section.path)


def test_rendered_pages_are_out_of_date_when_membership_changes(
    home, django_capture_on_commit_callbacks
):
    ada, bob = person(), person()
    made = team(ada)
    for change in (services.add_member, services.remove_member):
        before = freshness.current()
        with django_capture_on_commit_callbacks(execute=True):
            change(team=made, by=ada, person=bob)
        assert freshness.current() != before


def test_a_member_leaves_and_manages_nobody(home):
    ada, bob, eve = person(), person(), person()
    made = team(ada, bob)
    for forbidden in (
        lambda: services.add_member(team=made, by=bob, person=eve),
        lambda: services.remove_member(team=made, by=bob, person=ada),
        lambda: services.change_role(team=made, by=bob, person=bob, role=LEAD),
        lambda: services.rename(team=made, by=bob, name="Mine", about=""),
        lambda: services.delete(team=made, by=bob),
        lambda: services.add_member(team=made, by=eve, person=eve),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()
    services.remove_member(team=made, by=bob, person=bob)
    assert not permissions.is_member(made, bob)


def test_an_administrator_manages_a_team_without_being_in_it(home):
    root, ada, bob = person("Administrators"), person(), person()
    made = team(ada)
    services.add_member(team=made, by=root, person=bob, role=LEAD)
    assert permissions.leads(made, bob)
    assert permissions.may_see(made, root)
    assert not permissions.is_member(made, root)


def test_the_last_lead_neither_leaves_nor_steps_down(home):
    ada, bob = person(), person()
    made = team(ada, bob)
    for refused in (
        lambda: services.remove_member(team=made, by=ada, person=ada),
        lambda: services.change_role(team=made, by=ada, person=ada, role=MEMBER),
    ):
        with pytest.raises(TeamRefused, match="only lead"):
            refused()
    services.change_role(team=made, by=ada, person=bob, role=LEAD)
    services.remove_member(team=made, by=bob, person=ada)
    assert permissions.leads(made, bob)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda made, by, other: services.add_member(team=made, by=by, person=by), "person"),
        (
            lambda made, by, other: services.add_member(
                team=made, by=by, person=UserFactory(is_active=False)
            ),
            "person",
        ),
        (
            lambda made, by, other: services.add_member(team=made, by=by, person=other, role="x"),
            "role",
        ),
        (lambda made, by, other: services.remove_member(team=made, by=by, person=other), "person"),
        (
            lambda made, by, other: services.change_role(team=made, by=by, person=by, role="x"),
            "role",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_at_the_field(home, change, field):
    ada, eve = person(), person()
    with pytest.raises(TeamRefused) as refusal:
        change(team(ada), ada, eve)
    assert refusal.value.field == field


def test_who_is_longest_in_the_team_leads_when_the_account_of_the_lead_goes(home):
    ada, bob, eve = person(), person(), person()
    made = team(ada, bob, eve)
    ada.delete()
    assert permissions.leads(made, bob)
    bob.is_active = False
    bob.save()
    assert permissions.leads(made, eve)
    eve.delete()
    assert not made.memberships.filter(role=LEAD, person__is_active=True).exists()
    bob.delete()
    assert Team.objects.filter(pk=made.pk).exists()


def test_with_a_team_goes_its_group_and_what_was_closed_stays_closed(home):
    ada = person()
    made = team(ada)
    section = CategoryFactory(slug="private")
    closed = PageViewRestriction.objects.create(
        page=section, restriction_type=PageViewRestriction.GROUPS
    )
    closed.groups.add(made.group)
    number = made.group_id
    services.delete(team=made, by=ada)
    assert not Team.objects.exists()
    assert not ada.groups.filter(pk=number).exists()
    assert not access_for(ada).opens(section.path)


def test_nobody_is_in_no_team(home):
    made = team(person())
    assert not permissions.is_member(None, person())
    assert not permissions.is_member(made, AnonymousUser())
    assert not permissions.may_see(made, AnonymousUser())
    assert list(selectors.teams_of(AnonymousUser())) == []


def test_others_hear_of_a_change_of_members_and_of_roles(home):
    ada, bob = person(), person()
    made = team(ada)
    heard = []

    def listen(team, **_kwargs):
        heard.append(set(team.memberships.values_list("person", "role")))

    members_changed.connect(listen)
    try:
        services.add_member(team=made, by=ada, person=bob)
        services.change_role(team=made, by=ada, person=bob, role=LEAD)
    finally:
        members_changed.disconnect(listen)
    assert heard[-1] == {(ada.pk, "lead"), (bob.pk, "lead")}
    assert (bob.pk, "member") in heard[0]


def test_a_group_that_is_called_like_a_team_gives_nothing(home):
    eve = person()
    made = team(person())
    eve.groups.add(group("Team: Payments"))
    assert not permissions.is_member(made, eve)


def test_in_the_admin_the_group_of_a_team_cannot_be_deleted(home, client):
    made = team(person())
    client.force_login(person("Administrators"))
    address = f"/admin/groups/delete/{made.group_id}/"
    assert client.post(address).status_code == 302
    assert Team.objects.filter(pk=made.pk, group=made.group_id).exists()


class TestTheMailToWhoIsTakenIn:
    def test_is_one_with_the_address_of_the_team(self, home):
        ada, ben = (
            person(username="ada", email="ada@example.org"),
            UserFactory(username="ben", email="ben@example.org"),
        )
        made = team(ada, name="Pay\r\nBcc: x <b>")
        services.add_member(team=made, by=ada, person=ben)
        with pytest.raises(TeamRefused):
            services.add_member(team=made, by=ada, person=ben)
        assert [one.to for one in mail.outbox] == [["ben@example.org"]]
        assert mail.outbox[0].subject == "You are in the team Pay Bcc: x <b>"
        assert "taken you into the team" in mail.outbox[0].body
        assert f"/teams/{made.slug}/" in mail.outbox[0].body

        services.change_role(team=made, by=ada, person=ben, role=LEAD)
        services.remove_member(team=made, by=ada, person=ben)

        assert len(mail.outbox) == 1

    def test_says_that_somebody_leads(self, home):
        ada, ben = person(), UserFactory(email="ben@example.org")
        services.add_member(team=team(ada), by=ada, person=ben, role=LEAD)
        assert "made you a lead of the team" in mail.outbox[0].body

    def test_is_not_sent_to_oneself_or_without_an_address(self, home):
        root = person("Administrators", email="root@example.org")
        made = team(person())
        services.add_member(team=made, by=root, person=root)
        services.add_member(team=made, by=root, person=UserFactory(email=""))
        assert mail.outbox == []

    def test_is_announced_on_the_page(self, home, client):
        ada = person(username="ada")
        made = team(ada)
        UserFactory(username="ben", email="ben@example.org")
        UserFactory(username="cid", email="")
        client.force_login(ada)
        url = f"/teams/{made.slug}/people/"
        for name, said in (("ben", "hears of it by mail"), ("cid", "is in the team.")):
            sent = {"_do": "add", "person": name, "role": "member"}
            answer = client.post(url, sent, follow=True).content.decode()
            assert said in answer
            assert "no mail is sent" not in answer
