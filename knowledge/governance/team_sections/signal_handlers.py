"""Keeps the group of the leads of a section true, whatever door a change comes through."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, pre_delete

from knowledge.governance.team_sections import services
from knowledge.governance.team_sections.models import TeamSection
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.signals import members_changed


def _members_changed(team: Team, **_kwargs: Any) -> None:
    for row in TeamSection.objects.filter(team=team).select_related("leads"):
        services.fill(row=row)


def _by_hand(action: str, instance: Any, pk_set: Collection[int] | None, **_kwargs: Any) -> None:
    """``pk_set`` is None when all were taken out."""
    if not action.startswith("post_"):
        return
    rows = TeamSection.objects.select_related("leads")
    if isinstance(instance, Group):
        rows = rows.filter(leads=instance.pk)
    elif pk_set is not None:
        rows = rows.filter(leads__in=pk_set)
    else:
        rows = rows.filter(team__memberships__person=instance.pk)
    for row in rows:
        services.fill(row=row)


def _team_ends(instance: Team, **_kwargs: Any) -> None:
    """Its leads have no rights in the section any more; the section stays closed."""
    groups = list(Group.objects.filter(leads_of_section__team=instance.pk))
    TeamSection.objects.filter(team=instance.pk).update(leads=None)
    for group in groups:
        group.delete()


def connect() -> None:
    """Called once when the app is ready."""
    members_changed.connect(_members_changed, dispatch_uid="team_sections.members")
    through = get_user_model().groups.through
    m2m_changed.connect(_by_hand, sender=through, dispatch_uid="team_sections.by_hand")
    pre_delete.connect(_team_ends, sender=Team, dispatch_uid="team_sections.team")
