"""Which artifacts a person looks after, and which questions of theirs ask nearly the same."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.governance.similarity import near_duplicates


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two questions that seem to ask the same; ``likeness`` is in per cent."""

    page: Artifact
    other: Artifact
    likeness: int

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def other_title(self) -> str:
        return self.other.title


def looked_after_by(user: Any) -> QuerySet[Artifact]:
    """Live artifacts that the person may change or publish, archived and superseded ones left out."""
    pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
        user, ["change", "publish"]
    )
    return Artifact.objects.filter(
        pk__in=pages.order_by().values("pk"),
        live=True,
        archived_at__isnull=True,
        superseded_by__isnull=True,
    )


def questions_alike(pages: QuerySet[Artifact]) -> list[AlikePair]:
    """Answers of the FAQ whose questions say nearly the same, the most alike first."""
    by_id = {
        page.pk: page
        for page in pages.filter(kind=Kind.FAQ)
        .select_related("owner_user", "owner_group")
        .order_by("path")
    }
    pairs = near_duplicates({pk: page.title for pk, page in by_id.items()})
    return [
        AlikePair(by_id[pair.one], by_id[pair.other], round(pair.score * 100)) for pair in pairs
    ]
