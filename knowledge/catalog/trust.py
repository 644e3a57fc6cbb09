"""May a reader rely on this today? One rule, as a function and as a query, tested equal.

An artifact is verified from its last review until the day of the next one. From that day on it is
due; when the review is late by more than ``STALE_AFTER_DAYS`` it is stale. Superseded and archived
come before all of that. ``today`` is the day in the site's time zone.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

STALE_AFTER_DAYS = 30


class TrustState(models.TextChoices):
    VERIFIED = "verified", _("Verified")
    DUE = "due", _("Due for review")
    STALE = "stale", _("Stale")
    UNVERIFIED = "unverified", _("Not verified yet")
    SUPERSEDED = "superseded", _("Superseded")
    ARCHIVED = "archived", _("Archived")


def trust_state(
    *,
    today: date,
    next_review: date | None,
    last_reviewed: date | None,
    superseded: bool,
    archived: bool,
) -> TrustState:
    if archived:
        return TrustState.ARCHIVED
    if superseded:
        return TrustState.SUPERSEDED
    if last_reviewed is None or next_review is None:
        return TrustState.UNVERIFIED
    if today < next_review:
        return TrustState.VERIFIED
    if today <= next_review + timedelta(days=STALE_AFTER_DAYS):
        return TrustState.DUE
    return TrustState.STALE


def with_trust_state(queryset: QuerySet, *, today: date) -> QuerySet:
    """Annotate ``trust`` on artifacts, by the same rule as ``trust_state``."""
    return queryset.annotate(
        trust=Case(
            When(archived_at__isnull=False, then=Value(TrustState.ARCHIVED.value)),
            When(superseded_by__isnull=False, then=Value(TrustState.SUPERSEDED.value)),
            When(
                models.Q(last_reviewed__isnull=True) | models.Q(next_review__isnull=True),
                then=Value(TrustState.UNVERIFIED.value),
            ),
            When(next_review__gt=today, then=Value(TrustState.VERIFIED.value)),
            When(
                next_review__gte=today - timedelta(days=STALE_AFTER_DAYS),
                then=Value(TrustState.DUE.value),
            ),
            default=Value(TrustState.STALE.value),
            output_field=models.CharField(),
        )
    )
