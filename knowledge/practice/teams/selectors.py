"""Teams and their members."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

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


def with_counts(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Annotated with ``people``, how many are in it."""
    # Counted apart: the memberships of one person may have narrowed the teams already.
    inside = Membership.objects.filter(team=OuterRef("pk")).order_by().values("team")
    counted = Subquery(inside.annotate(people=Count("pk")).values("people"))
    return teams.annotate(people=Coalesce(counted, 0))


def everybody(named: QuerySet[Any], team_id: int | None) -> QuerySet[Any]:
    """The people of ``named`` and the members of the team, each once, by when their accounts were made."""
    members = Membership.objects.filter(team=team_id).values("person")
    found = get_user_model().objects
    return found.filter(Q(pk__in=named.values("pk")) | Q(pk__in=members)).order_by("pk")
