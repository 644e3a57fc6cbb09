"""Tiles and lines of indicators. The value of a day is the mean of what came in on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg
from django.utils.translation import gettext as _

from knowledge.governance.charts import Chart, Series, line_chart
from knowledge.governance.charts.scales import words
from knowledge.governance.kpis.models import Kpi, Reading
from templates_lib import limits
from templates_lib.metrics.sparkline import Sparkline, sparkline

DAYS = 90
Point = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Tile:
    """``points`` by day over all sources, oldest first."""

    kpi: Kpi
    points: Sequence[Point] = field(default_factory=tuple)

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def actual_words(self) -> str:
        return limits.figure(words(self.last[1]), self.kpi.unit) if self.last else ""

    @property
    def is_met(self) -> bool | None:
        return self.kpi.is_met_by(self.last[1]) if self.last else None

    @property
    def state_words(self) -> str:
        if self.last is None:
            return _("Not measured yet")
        if self.is_met is None:
            return _("No target")
        return _("Target met") if self.is_met else _("Target missed")

    @property
    def trend(self) -> Sparkline | None:
        return sparkline([value for _day, value in self.points])

    @property
    def trend_words(self) -> str:
        """Where it goes, seen from the target; empty without a history."""
        if len(self.points) < 2:
            return ""
        first, last = (self._distance(value) for _day, value in (self.points[0], self.points[-1]))
        if first == last:
            return _("Steady")
        return _("Getting better") if last < first else _("Getting worse")

    def _distance(self, value: Decimal) -> Decimal:
        """The lower the better."""
        if self.kpi.comparison in ("lt", "le"):
            return value
        if self.kpi.comparison == "eq" and self.kpi.target is not None:
            return abs(value - self.kpi.target)
        return -value


def tiles(*, today: date, days: int = DAYS, kpis: Iterable[Kpi] | None = None) -> list[Tile]:
    """Every indicator with its last ``days``. Two queries for any number of them."""
    among = list(Kpi.objects.select_related("artifact") if kpis is None else kpis)
    points = _by_kpi([one.pk for one in among], today - timedelta(days=days - 1), today)
    return [Tile(kpi, tuple(points[kpi.pk])) for kpi in among]


def chart_of(kpi: Kpi, *, first: date, last: date) -> Chart | None:
    """One line for each source. One query."""
    found: dict[str, list[Point]] = defaultdict(list)
    rows = (
        Reading.objects.filter(kpi=kpi, day__range=(first, last))
        .order_by("source", "day")
        .values_list("source", "day")
        .annotate(mean=Avg("value"))
    )
    for source, day, mean in rows:
        found[source].append((day, mean))
    series = [
        Series(source, kpi.unit, points, target=kpi.target if not place else None)
        for place, (source, points) in enumerate(found.items())
    ]
    return line_chart(kpi.name, series, key=f"kpi-{kpi.pk}")


def chart_of_both(one: Kpi, other: Kpi, *, first: date, last: date) -> Chart | None:
    """Two indicators in one picture, each on the scale of its unit. One query."""
    points = _by_kpi([one.pk, other.pk], first, last)
    series = [Series(kpi.name, kpi.unit, points[kpi.pk]) for kpi in (one, other)]
    return line_chart(f"{one.name}, {other.name}", series, key="both")


def public_figures(keys: Sequence[str], today: date) -> dict[str, tuple[Kpi, Sequence[Point]]]:
    """What metric blocks show of the indicators that they name: those for readers alone."""
    kpis = list(Kpi.objects.filter(slug__in=keys, is_public=True))
    return {tile.kpi.slug: (tile.kpi, tile.points) for tile in tiles(today=today, kpis=kpis)}


def _by_kpi(pks: Sequence[int], first: date, last: date) -> dict[int, list[Point]]:
    found: dict[int, list[Point]] = defaultdict(list)
    rows: Any = (
        Reading.objects.filter(kpi__in=pks, day__range=(first, last))
        .order_by("kpi", "day")
        .values_list("kpi", "day")
        .annotate(mean=Avg("value"))
    )
    for kpi, day, mean in rows:
        found[kpi].append((day, Decimal(str(mean))))
    return found
