"""What became of artifacts in a period: seen, taken along, carried out, judged. Four queries at most."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.catalog.trust import TrustState, trust_state
from knowledge.governance.measures.models import Usage
from knowledge.governance.models import Feedback
from knowledge.practice.models import Run

USUAL_DAYS = 30
_FIELDS = ("pk", "title", "kind", "path", "last_reviewed", "next_review", "superseded_by")


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are part of it; days are those of the site."""

    first: date
    last: date

    @classmethod
    def until(cls, today: date, days: int = USUAL_DAYS) -> "Period":
        return cls(today - timedelta(days=days - 1), today)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment to the one after the last."""
        after = self.last + timedelta(days=1)
        return _midnight(self.first), _midnight(after)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(slots=True)
class Figures:
    """Sums over a period; they can be added up."""

    views: int = 0
    by_format: dict[str, int] = field(default_factory=dict)
    runs: int = 0
    succeeded: int = 0
    helpful: int = 0
    not_helpful: int = 0

    @property
    def downloads(self) -> int:
        return sum(self.by_format.values())

    @property
    def helpful_rate(self) -> int | None:
        """Per cent of those who said yes or no; None while nobody has."""
        said = self.helpful + self.not_helpful
        return round(100 * self.helpful / said) if said else None

    def add(self, other: "Figures") -> None:
        self.views += other.views
        self.runs += other.runs
        self.succeeded += other.succeeded
        self.helpful += other.helpful
        self.not_helpful += other.not_helpful
        for name, count in other.by_format.items():
            self.by_format[name] = self.by_format.get(name, 0) + count


@dataclass(frozen=True, slots=True)
class UsedArtifact:
    pk: int
    title: str
    kind: str
    path: str
    trust: TrustState
    figures: Figures

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    def __getattr__(self, name: str) -> Any:
        """The figures as columns of a report: views, runs, helpful_rate, pdf."""
        if name in Usage.What.values:
            return self.figures.by_format.get(name, 0)
        return getattr(self.figures, name)


def by_artifact(pages: QuerySet[Artifact], period: Period, *, today: date) -> list[UsedArtifact]:
    """Each of ``pages``, also those that nobody used."""
    rows = pages.order_by("title", "pk").values(*_FIELDS)
    # Asked by period and not by page: the pages of a large library make a long list of ids.
    figures = figures_of(period)
    return [
        UsedArtifact(
            pk=row["pk"],
            title=row["title"],
            kind=row["kind"],
            path=row["path"],
            trust=trust_state(
                today=today,
                next_review=row["next_review"],
                last_reviewed=row["last_reviewed"],
                superseded=row["superseded_by"] is not None,
                archived=False,
            ),
            figures=figures.get(row["pk"]) or Figures(),
        )
        for row in rows
    ]


def figures_of(period: Period, pages: Iterable[int] | None = None) -> dict[int, Figures]:
    """By id of the artifact; of all of them, or of ``pages`` alone. Three queries."""
    found: dict[int, Figures] = defaultdict(Figures)
    counted = Usage.objects.filter(day__range=(period.first, period.last))
    runs = Run.objects.filter(_within("started_at", period), artifact__isnull=False)
    said = Feedback.objects.filter(
        _within("created_at", period), sort__in=[Feedback.Sort.HELPFUL, Feedback.Sort.NOT_HELPFUL]
    )
    if pages is not None:
        ids = list(pages)
        counted = counted.filter(page__in=ids)
        runs, said = runs.filter(artifact__in=ids), said.filter(page__in=ids)
    for page, what, count in (
        counted.values_list("page", "what").annotate(n=Sum("count")).order_by()
    ):
        if what == Usage.What.VIEW:
            found[page].views = count
        else:
            found[page].by_format[what] = count
    for page, state, count in (
        runs.values_list("artifact", "state").annotate(n=Count("pk")).order_by()
    ):
        found[page].runs += count
        if state == Run.State.SUCCEEDED:
            found[page].succeeded = count
    for page, sort, count in said.values_list("page", "sort").annotate(n=Count("pk")).order_by():
        if sort == Feedback.Sort.HELPFUL:
            found[page].helpful = count
        else:
            found[page].not_helpful = count
    return found


def views_since(day: date) -> dict[int, int] | None:
    """By id of the artifact, those that nobody looked at left out. Two queries.

    None when views are not counted, or were not yet on that day: then nothing can be said.
    """
    if not settings.PORTAL_USAGE_COUNTS:
        return None
    counted = Usage.objects.filter(what=Usage.What.VIEW)
    if not counted.filter(day__lte=day).exists():
        return None
    sums = counted.filter(day__gte=day).values_list("page").annotate(n=Sum("count")).order_by()
    return dict(sums)


def views_by_day(page: Artifact, period: Period) -> list[tuple[date, int]]:
    """Every day of the period, those without a view too. One query."""
    counted = dict(
        Usage.objects.filter(
            page=page, what=Usage.What.VIEW, day__range=(period.first, period.last)
        ).values_list("day", "count")
    )
    days = (period.last - period.first).days
    each = [period.first + timedelta(days=number) for number in range(days + 1)]
    return [(day, counted.get(day, 0)) for day in each]


def _within(name: str, period: Period) -> Q:
    start, end = period.moments
    return Q(**{f"{name}__gte": start, f"{name}__lt": end})
