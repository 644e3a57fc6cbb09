"""Tells the page of an artifact who is near it."""

from django.db.models import QuerySet
from wagtail import hooks

from knowledge.catalog.models import Artifact
from search.related.models import Neighbour
from search.related.reasons import reason, words_for


@hooks.register("artifact_neighbours")
def neighbours(page: Artifact, usable: QuerySet[Artifact], limit: int) -> list[tuple[int, str]]:
    """Ids of those of ``usable`` that are near, the nearest first, each with why. Two queries."""
    near = Neighbour.objects.filter(page=page.pk, other__in=usable.order_by().values("pk"))
    rows = [
        (other_id, shared.split())
        for other_id, shared in near.order_by("-score", "other_id").values_list(
            "other_id", "shared"
        )[:limit]
    ]
    words = words_for(term for _other_id, shared in rows for term in shared)
    return [(other_id, reason(shared, words)) for other_id, shared in rows]
