"""Teams and their members."""

from typing import Any

from django.db.models import QuerySet

from knowledge.practice.teams.models import Membership, Team
from knowledge.practice.teams.permissions import administers


def teams_of(user: Any) -> QuerySet[Team]:
    """The teams that the person is a member of, by name."""
    return Team.objects.filter(memberships__person=user.pk or 0)


def known_to(user: Any) -> QuerySet[Team]:
    """The teams that exist for the person: the own ones; all of them for administrators."""
    return Team.objects.all() if administers(user) else teams_of(user)


def members_of(team: Team) -> QuerySet[Membership]:
    """With their people, leads first, then by when they joined."""
    return team.memberships.select_related("person").order_by("role", "joined_at", "pk")
