"""Which reviews were put off, and until when."""

from datetime import date

from django.db.models import F, Max, QuerySet

from knowledge.catalog.models import Artifact
from knowledge.governance.models import ReviewSnooze


def of(page: Artifact) -> QuerySet[ReviewSnooze]:
    """Of the review that is due now, the last first."""
    current = ReviewSnooze.objects.filter(next_review=F("page__next_review"))
    return current.filter(page=page.pk).select_related("by")


def days() -> dict[int, date]:
    """By page, the last day until which the review that is due now was put off. One query."""
    current = ReviewSnooze.objects.filter(next_review=F("page__next_review"))
    return dict(current.order_by().values_list("page").annotate(last=Max("until")))
