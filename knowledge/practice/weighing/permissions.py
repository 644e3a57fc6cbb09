"""Who sees a weighted decision while it is made, as a predicate and as a query, tested equal.

Its people and the members of its team see and score it; an open one everyone who is logged in and may read its framework. Scores
stand without names; who has not scored yet does not see those of others, so that nobody follows them.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from knowledge.catalog.permissions import Access
from knowledge.practice.permissions import OPEN, may_see, where_open
from knowledge.practice.teams.permissions import of_own_team
from knowledge.practice.weighing.models import Weighing


def readable(rows: QuerySet[Weighing], user: Any, access: Access) -> QuerySet[Weighing]:
    """Those of ``rows`` that the person may see and score."""
    if not user.is_authenticated:
        return rows.none()
    if user.is_superuser:
        return rows
    people = Weighing.people.through.objects
    takes_part = Exists(people.filter(weighing=OuterRef("pk"), user=user.pk))
    return where_open(rows.filter(Q(takes_part) | of_own_team(user) | OPEN), access)


def may_read(row: Weighing, user: Any, access: Access) -> bool:
    """Whether the person may see this one."""
    return may_see(row, user, access, lambda: row.people.filter(pk=user.pk).exists())
