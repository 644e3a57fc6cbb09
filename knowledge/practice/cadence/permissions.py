"""Whose a recurring task is: the owner's of its artifact, or of everybody in the owning group."""

from typing import Any

from django.db.models import Q, QuerySet

from knowledge.catalog.permissions import Access
from knowledge.practice.cadence.models import RecurringTask
from knowledge.practice.permissions import where_open

IN_FORCE = Q(
    artifact__live=True, artifact__archived_at__isnull=True, artifact__superseded_by__isnull=True
)


def own(tasks: QuerySet[RecurringTask], user: Any, access: Access) -> QuerySet[RecurringTask]:
    """Those of ``tasks`` that are the person's, of artifacts that are in force."""
    if not user.is_authenticated:
        return tasks.none()
    groups = user.groups.values("pk")
    mine = Q(artifact__owner_user=user.pk) | Q(artifact__owner_group__in=groups)
    return where_open(tasks.filter(mine, IN_FORCE), access)
