"""Keeps group and memberships the same whatever door a change comes through, and every team led."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save

from knowledge.practice.teams import services
from knowledge.practice.teams.models import Membership, Team


def _follow(action: str, instance: Any, pk_set: Collection[int] | None, **_kwargs: Any) -> None:
    """Whoever puts a person into the group of a team by hand, or takes one out, changes nothing: the
    members are in it. ``pk_set`` is None when all were taken out.
    """
    if not action.startswith("post_"):
        return
    teams = Team.objects.select_related("group")
    if isinstance(instance, Group):
        teams = teams.filter(group=instance.pk)
    elif pk_set is not None:
        teams = teams.filter(group__in=pk_set)
    else:
        teams = teams.filter(memberships__person=instance.pk)
    for team in teams:
        services.fill(team=team)


def _left(instance: Membership, **_kwargs: Any) -> None:
    """An account that is deleted takes its memberships along; a team that is deleted, too."""
    team = Team.objects.filter(pk=instance.team_id).first()
    if team is not None:
        services.keep_led(team=team)


def _closed(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if raw or instance.is_active:
        return
    for team in Team.objects.filter(
        memberships__person=instance.pk, memberships__role=Membership.Role.LEAD
    ):
        services.keep_led(team=team)


def connect() -> None:
    """Called once when the app is ready."""
    person = get_user_model()
    m2m_changed.connect(_follow, sender=person.groups.through, dispatch_uid="teams.members")
    post_delete.connect(_left, sender=Membership, dispatch_uid="teams.left")
    post_save.connect(_closed, sender=person, dispatch_uid="teams.closed")
