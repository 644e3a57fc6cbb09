"""The coverage map: how many artifacts stand where two of kind, category, industry and maturity meet.

An artifact without an industry, or without a maturity, holds for all: it stands in a row or column
of its own, and fills no cell of a named one. Narrowed to an industry or a maturity, the map counts what
names it and what holds for all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.catalog.kinds import Kind, Maturity
from knowledge.catalog.models import Artifact, Industry
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import CATEGORY_PATH_CHARS, categories
from search.insight.selectors.coverage import KINDS

AXES = {
    "category": gettext_lazy("Category"),
    "kind": gettext_lazy("Kind"),
    "industry": gettext_lazy("Industry"),
    "maturity": gettext_lazy("Maturity"),
}
# Shades of the map: from so many artifacts on.
STEPS = (1, 2, 4, 8)
_FIELDS = {
    "category": Substr("path", 1, CATEGORY_PATH_CHARS),
    "kind": F("kind"),
    "industry": F("industries__slug"),
    "maturity": F("maturity"),
}
EVERYWHERE = None


@dataclass(frozen=True, slots=True)
class Value:
    """One place on an axis; ``key`` None holds for all."""

    key: Any
    label: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row and a column meet. ``general``: how many hold for all rows or columns here."""

    down: Value
    across: Value
    number: int
    general: int

    @property
    def shade(self) -> int:
        """0 for empty, to 4."""
        return sum(self.number >= step for step in STEPS)

    @property
    def is_empty(self) -> bool:
        """Nothing holds here, neither by name nor for all."""
        return not self.number and not self.general


@dataclass(frozen=True, slots=True)
class Row:
    value: Value
    spots: Sequence[Spot]
    total: int


@dataclass(frozen=True, slots=True)
class Map:
    down: str
    across: str
    columns: Sequence[Value]
    rows: Sequence[Row]
    totals: Sequence[int]
    artifacts: int

    @property
    def empty(self) -> int:
        return sum(spot.is_empty for spot in self._named)

    @property
    def places(self) -> int:
        return len(self._named)

    @property
    def _named(self) -> list[Spot]:
        return [
            spot
            for row in self.rows
            for spot in row.spots
            if EVERYWHERE not in (spot.down.key, spot.across.key)
        ]


def heat_map(access: Access, *, down: str, across: str, only: Mapping[str, str]) -> Map:
    """Of what the person may see and what is kept true. At most six queries.

    Args:
        down, across: two different names of ``AXES``.
        only: a value for any of the other two, as it stands in an address: slug or number.
    """
    held = _held(access, only)
    counts: Counter[tuple[Any, Any]] = Counter()
    rows = held.annotate(_down=_FIELDS[down], _across=_FIELDS[across]).values_list(
        "_down", "_across"
    )
    for one, other, number in rows.annotate(number=Count("pk", distinct=True)).order_by():
        counts[one, other] = number
    by_row = _totals(held, down)
    by_column = _totals(held, across)
    lines = _values(down, access, by_row)
    columns = _values(across, access, by_column)
    made = [
        Row(
            line,
            [
                Spot(line, column, counts[line.key, column.key], _general(counts, line, column))
                for column in columns
            ],
            by_row[line.key],
        )
        for line in lines
    ]
    totals = [by_column[column.key] for column in columns]
    return Map(down, across, columns, made, totals, held.values("pk").distinct().count())


def choices(axis: str, access: Access) -> list[Value]:
    """What an axis can be narrowed to; ``key`` as it stands in an address."""
    if axis == "category":
        return [Value(one.slug, one.title) for one in categories(access)]
    return [one for one in _values(axis, access, Counter()) if one.key is not EVERYWHERE]


def _general(counts: Mapping[tuple[Any, Any], int], line: Value, column: Value) -> int:
    """What stands beside the spot for all rows, for all columns, or for both."""
    wider = {
        (row, other)
        for row in (line.key, EVERYWHERE)
        for other in (column.key, EVERYWHERE)
        if (row, other) != (line.key, column.key)
    }
    return sum(counts[one] for one in wider)


def _held(access: Access, only: Mapping[str, str]) -> QuerySet[Artifact]:
    kept = Artifact.objects.filter(
        kind__in=KINDS, archived_at__isnull=True, superseded_by__isnull=True
    )
    if "kind" in only:
        kept = kept.filter(kind=only["kind"])
    if "category" in only:
        paths = [one.path for one in categories(access) if one.slug == only["category"]]
        kept = kept.filter(path__startswith=paths[0]) if paths else kept.none()
    if "industry" in only:
        named = Artifact.objects.filter(industries__slug=only["industry"]).values("pk")
        kept = kept.filter(Q(pk__in=named) | Q(industries=None))
    if "maturity" in only:
        level = only["maturity"]
        kept = kept.filter(Q(maturity=int(level) if level.isdecimal() else 0) | Q(maturity=None))
    return visible(kept, access).order_by()


def _totals(held: QuerySet[Artifact], axis: str) -> Counter[Any]:
    rows = held.annotate(_at=_FIELDS[axis]).values_list("_at")
    return Counter(dict(rows.annotate(number=Count("pk", distinct=True)).order_by()))


def _values(axis: str, access: Access, found: Mapping[Any, int]) -> list[Value]:
    """In the order of the axis; the place that holds for all comes first, where it holds anything."""
    named: list[Value]
    if axis == "category":
        return [Value(one.path, one.title) for one in categories(access)]
    if axis == "kind":
        return [Value(kind, str(Kind(kind).label)) for kind in KINDS]
    if axis == "industry":
        rows = Industry.objects.order_by("name").values_list("slug", "name")
        named, general = [Value(*row) for row in rows], _("All industries")
    else:
        named = [Value(level.value, f"{level.value} {level.label}") for level in Maturity]
        general = _("Every maturity")
    return [Value(EVERYWHERE, general), *named] if found.get(EVERYWHERE) else named
