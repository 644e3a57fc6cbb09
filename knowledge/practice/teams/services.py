"""Making and keeping teams. The group of a team follows its memberships and nothing else.

A team with members has a lead whose account is active: the last one can neither leave nor step down.
When an account is closed or deleted, who has been in the team longest leads it (``keep_led``).
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knowledge.catalog.people import called
from knowledge.practice.teams import letters
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.models import ABOUT_CHARS, NAME_CHARS, SLUG_CHARS, Membership, Team
from knowledge.practice.teams.permissions import is_member, manages, may_make
from knowledge.practice.teams.signals import members_changed

Role = Membership.Role
# Last parts of addresses that are no team.
RESERVED_SLUGS = frozenset(["new"])


@transaction.atomic
def make(*, by: Any, name: str, about: str = "", at: datetime | None = None) -> Team:
    """A team that ``by`` leads, with its group.

    Raises:
        PermissionDenied: ``by`` may not make teams.
        TeamRefused: it has no name, or a text is too long.
    """
    if not may_make(by):
        raise PermissionDenied(_("You may not make teams."))
    name, about = _named(name), _short(about)
    slug = _free_slug(name)
    team = Team.objects.create(
        name=name,
        slug=slug,
        about=about,
        group=Group.objects.create(name=_group_name(name, slug)),
        created_at=at or timezone.now(),
    )
    _join(team, by, Role.LEAD, at)
    return team


@transaction.atomic
def rename(*, team: Team, by: Any, name: str, about: str) -> Team:
    """Its address stays.

    Raises:
        PermissionDenied: ``by`` does not manage the team.
        TeamRefused: it has no name, or a text is too long.
    """
    team = _managed(team, by)
    team.name, team.about = _named(name), _short(about)
    team.save(update_fields=["name", "about"])
    team.group.name = _group_name(team.name, team.slug)
    team.group.save(update_fields=["name"])
    return team


@transaction.atomic
def add_member(
    *, team: Team, by: Any, person: Any, role: str = Role.MEMBER, at: datetime | None = None
) -> Membership:
    """Take ``person`` in, who hears of it by mail.

    Raises:
        PermissionDenied: ``by`` does not manage the team.
        TeamRefused: the person is in it already, or has an account that is closed.
    """
    team = _managed(team, by)
    role = _known(role)
    if not person.is_active:
        raise TeamRefused(_("The account of %s is closed.") % called(person), "person")
    if team.memberships.filter(person=person.pk).exists():
        raise TeamRefused(_("%s is in this team already.") % called(person), "person")
    row = _join(team, person, role, at)
    letters.welcome(team=team, person=person, role=role, by=by)
    return row


@transaction.atomic
def remove_member(*, team: Team, by: Any, person: Any) -> None:
    """Take ``person`` out, who loses at once what is the team's; everybody may leave.

    Raises:
        PermissionDenied: ``by`` neither manages the team nor is the person.
        TeamRefused: the person is not in it, or nobody else leads it.
    """
    team = _held(team) if person.pk == by.pk else _managed(team, by)
    row = _row(team, person)
    if row.is_lead and not _leads(team).exclude(pk=row.pk).exists():
        raise TeamRefused(
            _("%s is the only lead. Make somebody else a lead first.") % called(person), "person"
        )
    row.delete()
    fill(team=team)


@transaction.atomic
def change_role(*, team: Team, by: Any, person: Any, role: str) -> Membership:
    """Raises TeamRefused when nobody else would lead the team."""
    team = _managed(team, by)
    row = _row(team, person)
    role = _known(role)
    if row.is_lead and role != Role.LEAD and not _leads(team).exclude(pk=row.pk).exists():
        raise TeamRefused(
            _("%s is the only lead. Make somebody else a lead first.") % called(person), "role"
        )
    row.role = role
    row.save(update_fields=["role"])
    members_changed.send(sender=Team, team=team)
    return row


@transaction.atomic
def delete(*, team: Team, by: Any) -> None:
    """End the team. What its members made stays with the people who are named in it; what was
    restricted to its group is open to administrators only.

    Raises:
        PermissionDenied: ``by`` neither leads nor administers it.
    """
    team = _managed(team, by)
    group = team.group
    team.delete()
    group.delete()


def refuse_foreign(*, team: Team | None, by: Any) -> None:
    """Whoever makes something for a team is in it; None is no team.

    Raises:
        TeamRefused: ``by`` is not.
    """
    if team is not None and not is_member(team, by):
        raise TeamRefused(_("Choose one of your own teams."), "team")


@transaction.atomic
def fill(*, team: Team) -> None:
    """Put the members into the group, and nobody else. Changes nothing when that is so already."""
    members = get_user_model().objects.filter(memberships__team=team.pk)
    team.group.user_set.set(members)
    members_changed.send(sender=Team, team=team)


@transaction.atomic
def keep_led(*, team: Team) -> None:
    """Let who has been in it longest lead the team when nobody with an active account does.

    A team whose last member is gone stays, for administrators to fill or to end.
    """
    team = _held(team)
    if _leads(team).exists():
        return
    heir = team.memberships.filter(person__is_active=True).order_by("joined_at", "pk").first()
    if heir is not None:
        heir.role = Role.LEAD
        heir.save(update_fields=["role"])
        members_changed.send(sender=Team, team=team)


def _join(team: Team, person: Any, role: str, at: datetime | None) -> Membership:
    row = Membership.objects.create(
        team=team, person=person, role=role, joined_at=at or timezone.now()
    )
    fill(team=team)
    return row


def _held(team: Team) -> Team:
    """Locked until the transaction ends: two leads cannot leave at the same time."""
    found = Team.objects.select_for_update(of=("self",)).select_related("group")
    return found.get(pk=team.pk)


def _managed(team: Team, by: Any) -> Team:
    team = _held(team)
    if not manages(team, by):
        raise PermissionDenied(_("Only who leads the team may do that."))
    return team


def _row(team: Team, person: Any) -> Membership:
    row = team.memberships.filter(person=person.pk).first()
    if row is None:
        raise TeamRefused(_("%s is not in this team.") % called(person), "person")
    return row


def _leads(team: Team) -> Any:
    return team.memberships.filter(role=Role.LEAD, person__is_active=True)


def _known(role: str) -> str:
    if role not in Role.values:
        raise TeamRefused(_("Choose one of the roles."), "role")
    return role


def _named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise TeamRefused(_("Give the team a name."), "name")
    if len(name) > NAME_CHARS:
        raise TeamRefused(_("The name may have %d characters at most.") % NAME_CHARS, "name")
    return name


def _short(about: str) -> str:
    about = about.replace("\0", "").strip()
    if len(about) > ABOUT_CHARS:
        raise TeamRefused(_("The text may have %d characters at most.") % ABOUT_CHARS, "about")
    return about


def _free_slug(name: str) -> str:
    """Made of the name, with a number where that is taken. A name without a Latin letter: "team"."""
    stem = slugify(name)[: SLUG_CHARS - 4].strip("-") or "team"
    taken = set(Team.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _group_name(name: str, slug: str) -> str:
    """Names may be the same twice; the slug never is. Groups have 150 characters."""
    return f"Team: {name} ({slug})"
