"""What waits on an editor's desk."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from knowledge.catalog.models import Artifact
from knowledge.catalog.rights import outside

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Draft:
    page: Artifact
    missing: list[str]


def owned_by(user: Any) -> QuerySet[Artifact]:
    """Artifacts that the person or one of their groups answers for; the next due first."""
    mine = Q(owner_user=user) | Q(owner_group__in=user.groups.all())
    return (
        outside(Artifact.objects.filter(mine), user)
        .filter(archived_at__isnull=True, superseded_by__isnull=True)
        .distinct()
        .order_by(F("next_review").asc(nulls_first=True), "title")[:SHOWN]
    )


def incomplete_drafts(user: Any) -> list[Draft]:
    """The person's newest drafts with the names of what each still lacks."""
    mine = Artifact.objects.filter(owner=user, live=False).order_by("-latest_revision_created_at")
    found = []
    for page in outside(mine.specific(), user)[:SHOWN]:
        latest = page.get_latest_revision_as_object()
        missing = latest.missing_parts()
        if missing:
            found.append(Draft(latest, missing))
    return found
