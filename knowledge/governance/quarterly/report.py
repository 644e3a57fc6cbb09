"""The report as data: groups of figures, and planned beside actual reviews. A fixed number of queries.

It speaks of what the person may see, as that is today; states of trust are those of today too, since
nobody can be asked for those of a past day.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import TaskState

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.trust import TrustState, trust_state
from knowledge.governance.charts.scales import words
from knowledge.governance.lint.models import Finding, Severity
from knowledge.governance.measures.selectors.usage import Period
from knowledge.governance.models import Feedback, Version
from knowledge.governance.quarterly.models import ReviewRecord
from knowledge.governance.quarterly.quarters import Quarter

# Code review cycle time, F1, holds for the review of artifacts as well.
TARGET_HOURS = 4


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    figures: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Review:
    """``decision`` in words; empty while the review is open."""

    title: str
    planned: date | None
    actual: date | None
    decision: str
    by: str

    @property
    def days_late(self) -> int | None:
        if self.planned is None or self.actual is None:
            return None
        return (self.actual - self.planned).days


@dataclass(frozen=True, slots=True)
class Report:
    quarter: Quarter
    made_on: date
    groups: Sequence[Group]
    reviews: Sequence[Review]

    @property
    def title(self) -> str:
        return _("Governance report %s") % self.quarter.name


@dataclass(frozen=True, slots=True)
class _Held:
    """A live artifact that the person may see."""

    title: str
    state: TrustState
    next_review: date | None
    is_owned: bool


def of_quarter(quarter: Quarter, access: Access, *, today: date) -> Report:
    held = _held(access, today)
    start, end = Period(quarter.first, quarter.last).moments
    records = [
        one
        for one in ReviewRecord.objects.filter(
            Q(actual__range=(quarter.first, quarter.last))
            | Q(planned__range=(quarter.first, quarter.last))
        )
        if access.opens(one.path)
    ]
    done = [one for one in records if quarter.first <= one.actual <= quarter.last]
    still_open = [
        one
        for one in held.values()
        if one.next_review
        and quarter.first <= one.next_review <= min(quarter.last, today)
        and one.state in (TrustState.DUE, TrustState.STALE)
    ]
    return Report(
        quarter=quarter,
        made_on=today,
        groups=(
            _library(held.values()),
            _reviews(done, still_open),
            _moderation(held, start, end),
            _changes(held, start, end),
            _feedback(held, start, end),
            _gaps(held, access, start, end),
        ),
        reviews=_lines(records, still_open),
    )


def _held(access: Access, today: date) -> dict[int, _Held]:
    rows = visible(Artifact.objects.order_by("title"), access).values_list(
        *("pk", "title", "next_review", "last_reviewed", "superseded_by", "archived_at"),
        *("owner_user", "owner_group"),
    )
    return {
        pk: _Held(
            title=title,
            state=trust_state(
                today=today,
                next_review=next_review,
                last_reviewed=last_reviewed,
                superseded=successor is not None,
                archived=archived is not None,
            ),
            next_review=next_review,
            is_owned=bool(user or group),
        )
        for pk, title, next_review, last_reviewed, successor, archived, user, group in rows
    }


def _library(held: Iterable[_Held]) -> Group:
    held = list(held)
    counts = Counter(one.state for one in held)
    figures = [(_("Live artifacts"), str(len(held)))]
    figures += [(str(state.label), str(counts[state])) for state in TrustState]
    figures.append((_("Without an owner"), str(sum(not one.is_owned for one in held))))
    return Group(_("The library today"), figures)


def _reviews(done: Sequence[ReviewRecord], still_open: Sequence[_Held]) -> Group:
    decided = Counter(one.decision for one in done)
    on_time = sum(one.planned is not None and one.actual <= one.planned for one in done)
    planned = sum(one.planned is not None for one in done)
    return Group(
        _("Reviews"),
        [
            (_("Reviewed"), str(len(done))),
            *((str(decision.label), str(decided[decision])) for decision in ReviewRecord.Decision),
            (_("On time, of those that were planned"), _share(on_time, planned)),
            (_("Planned for this quarter and overdue"), str(len(still_open))),
        ],
    )


def _moderation(held: dict[int, _Held], start: datetime, end: datetime) -> Group:
    rows = TaskState.objects.filter(finished_at__gte=start, finished_at__lt=end).values_list(
        "status", "workflow_state__object_id", "workflow_state__created_at", "finished_at"
    )
    counts: Counter[str] = Counter()
    hours = []
    for status, object_id, began, finished in rows:
        if object_id.isdigit() and int(object_id) in held:
            counts[status] += 1
            if status == TaskState.STATUS_APPROVED:
                hours.append((finished - began).total_seconds() / 3600)
    hours.sort()
    quick = sum(one < TARGET_HOURS for one in hours)
    late = hours[math.ceil(0.95 * len(hours)) - 1] if hours else None
    return Group(
        _("Approval"),
        [
            (_("Approved"), str(counts[TaskState.STATUS_APPROVED])),
            (_("Returned"), str(counts[TaskState.STATUS_REJECTED])),
            (_("Hours in review, median"), words(median(hours)) if hours else "–"),
            (_("Hours in review, 95th percentile"), "–" if late is None else words(late)),
            (_("Within the target of %s hours") % TARGET_HOURS, _share(quick, len(hours))),
        ],
    )


def _changes(held: dict[int, _Held], start: datetime, end: datetime) -> Group:
    rows = Version.objects.filter(published_at__gte=start, published_at__lt=end)
    numbers = [number for page, number in rows.values_list("page", "number") if page in held]
    new = numbers.count("1.0")
    major = sum(number.endswith(".0") for number in numbers) - new
    return Group(
        _("Changes"),
        [
            (_("Versions published"), str(len(numbers))),
            (_("New artifacts"), str(new)),
            (_("Readers had to act"), str(major)),
        ],
    )


def _feedback(held: dict[int, _Held], start: datetime, end: datetime) -> Group:
    rows = Feedback.objects.filter(created_at__gte=start, created_at__lt=end)
    told = [
        (sort, state)
        for page, sort, state in rows.values_list("page", "sort", "state").order_by()
        if page in held
    ]
    sorts = Counter(sort for sort, _state in told)
    wanting = [
        state for sort, state in told if sort in (Feedback.Sort.SUGGESTION, *Feedback.OF_RUNS)
    ]
    return Group(
        _("Feedback"),
        [
            *((str(sort.label), str(sorts[sort])) for sort in Feedback.Sort),
            (_("Still open, of what wants an answer"), str(wanting.count(Feedback.State.OPEN))),
        ],
    )


def _gaps(held: dict[int, _Held], access: Access, start: datetime, end: datetime) -> Group:
    """What lacks: in what there is, and what higher rooms know to be missing (hook ``quarter_gaps``)."""
    rows = Finding.objects.order_by().values_list("page", "severity")
    severities = Counter(severity for page, severity in rows if page in held)
    figures = [
        (_("Places that must be mended today"), str(severities[Severity.ERROR])),
        (_("Places that should be mended today"), str(severities[Severity.WARNING])),
    ]
    for gaps in hooks.get_hooks("quarter_gaps"):
        figures += gaps(access, start, end)
    return Group(_("Gaps"), figures)


def _lines(records: Sequence[ReviewRecord], still_open: Sequence[_Held]) -> list[Review]:
    """By the planned day; what was never planned comes last."""
    lines = [
        Review(
            one.title,
            one.planned,
            one.actual,
            str(ReviewRecord.Decision(one.decision).label),
            one.by_name,
        )
        for one in records
    ]
    lines += [Review(one.title, one.next_review, None, "", "") for one in still_open]
    return sorted(lines, key=lambda one: (one.planned or date.max, one.title.casefold()))


def _share(part: int, whole: int) -> str:
    return f"{part} / {whole} ({round(100 * part / whole)} %)" if whole else "–"
