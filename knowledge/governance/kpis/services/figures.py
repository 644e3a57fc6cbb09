"""What the portal computes itself. Other rooms add theirs by the hook ``portal_figures``.

Each figure is asked for the thirty days that end with a day, so that a quiet day is no gap and a
single event no peak. Computing a day twice gives the same value in the same place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import TaskState

from knowledge.catalog.models import Artifact
from knowledge.catalog.trust import TrustState, with_trust_state
from knowledge.governance.audit.models import AuditEntry
from knowledge.governance.kpis.models import Kpi, TrustDay
from knowledge.governance.kpis.services.feeding import OURS, Value, write
from knowledge.practice.models import Run

WINDOW_DAYS = 30
Moments = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Figure:
    """``compute`` gives a number for the time from the first moment to before the second, or None."""

    key: str
    label: Any
    compute: Callable[[Moments], float | None]


def review_hours(moments: Moments) -> float | None:
    """Median hours from submitting to approval, of what was approved."""
    start, end = moments
    rows = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED, finished_at__gte=start, finished_at__lt=end
    ).values_list("workflow_state__created_at", "finished_at")
    hours = [(finished - began).total_seconds() / 3600 for began, finished in rows]
    return median(hours) if hours else None


def change_size(moments: Moments) -> float | None:
    """Median number of fields that a publication changed, first publications left out."""
    start, end = moments
    rows = AuditEntry.objects.filter(
        action="wagtail.publish", at__gte=start, at__lt=end
    ).values_list("changes", flat=True)
    sizes = [len(changes) for changes in rows if changes]
    return median(sizes) if sizes else None


def verified_share(_moments: Moments) -> float | None:
    """Per cent of live artifacts that are verified today; what is archived or superseded is left out."""
    counts = trust_counts(timezone.localdate())
    kept = sum(
        counts.get(state, 0)
        for state in (
            TrustState.VERIFIED,
            TrustState.DUE,
            TrustState.STALE,
            TrustState.UNVERIFIED,
        )
    )
    return 100 * counts.get(TrustState.VERIFIED, 0) / kept if kept else None


def run_success(moments: Moments) -> float | None:
    """Per cent of the runs that ended which succeeded."""
    start, end = moments
    states = list(
        Run.objects.filter(ended_at__gte=start, ended_at__lt=end, is_pilot=False).values_list(
            "state", flat=True
        )
    )
    if not states:
        return None
    return 100 * states.count(Run.State.SUCCEEDED) / len(states)


OURS_ALONE = (
    Figure("review-hours", _("Hours from submitting to approval (median)"), review_hours),
    Figure("change-size", _("Fields changed by a publication (median)"), change_size),
    Figure("verified-share", _("Share of artifacts verified on time"), verified_share),
    Figure("run-success", _("Share of runs with success"), run_success),
)


def figures() -> dict[str, Figure]:
    others: Iterable[Figure] = [
        figure for make in hooks.get_hooks("portal_figures") for figure in make()
    ]
    return {one.key: one for one in (*OURS_ALONE, *others)}


def choices() -> list[tuple[str, Any]]:
    return [(one.key, one.label) for one in figures().values()]


def compute(*, today: date, now: datetime) -> int:
    """The values of ``today`` so far; how many indicators have one."""
    known = figures()
    begins = _midnight(today - timedelta(days=WINDOW_DAYS - 1))
    ends = _midnight(today + timedelta(days=1))
    values = []
    for kpi in Kpi.objects.exclude(figure=""):
        figure = known.get(kpi.figure)
        value = figure.compute((begins, ends)) if figure else None
        if value is not None:
            rounded = Decimal(str(round(value, 2)))
            values.append(Value(kpi, OURS, _midnight(today), rounded))
    write(values=values, now=now)
    keep_trust(today=today)
    return len(values)


def trust_counts(today: date) -> dict[str, int]:
    """Live artifacts by their state of trust. One query."""
    rows = (
        with_trust_state(Artifact.objects.filter(live=True), today=today)
        .order_by()
        .values_list("trust")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


@transaction.atomic
def keep_trust(*, today: date, counts: Mapping[str, int] | None = None) -> None:
    """The picture of today; a later one of the same day takes its place.

    Args:
        counts: by state, where they are known from elsewhere.
    """
    counts = trust_counts(today) if counts is None else counts
    TrustDay.objects.bulk_create(
        [
            TrustDay(day=today, state=state, count=counts.get(state, 0))
            for state in TrustState.values
        ],
        update_conflicts=True,
        unique_fields=["day", "state"],
        update_fields=["count"],
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
