"""Who sees a filled copy, as a predicate and as a query, tested equal.

The people of a copy and the members of its team see and change it; an open one is read by everyone who is logged in and may read
its template. Whoever may not read the template does not see its copies either; of a template that is
unpublished only the people of the copy keep it. Administrators see all of them.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from knowledge.catalog.permissions import Access
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.permissions import OPEN, may_see, where_open
from knowledge.practice.teams.permissions import is_member, of_own_team


def readable(copies: QuerySet[FilledCopy], user: Any, access: Access) -> QuerySet[FilledCopy]:
    """Those of ``copies`` that the person may see."""
    if not user.is_authenticated:
        return copies.none()
    if user.is_superuser:
        return copies
    takes_part = Exists(
        FilledCopy.people.through.objects.filter(filledcopy=OuterRef("pk"), user=user.pk)
    )
    return where_open(copies.filter(Q(takes_part) | of_own_team(user) | OPEN), access)


def may_read(copy: FilledCopy, user: Any, access: Access) -> bool:
    """Whether the person may see this one copy."""
    return may_see(copy, user, access, lambda: copy.people.filter(pk=user.pk).exists())


def may_change(copy: FilledCopy, user: Any) -> bool:
    """Whether the person fills it. Asked of those who may see it."""
    if user.is_superuser or is_member(copy.team_id, user):
        return True
    return copy.people.filter(pk=user.pk).exists()


def keeps(copy: FilledCopy, user: Any) -> bool:
    """Whether the person says who sees it, and deletes it; anyone of its people when it is nobody's."""
    if copy.owner_id is None:
        return may_change(copy, user)
    return bool(user.is_superuser or copy.owner_id == user.pk)
