"""Which cells of kind x category x industry x maturity hold something, and which are empty.

An artifact without an industry, or without a maturity, holds for all of them: it covers every
cell of its kind and category, but is no neighbour of any.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.db.models import Count
from django.db.models.functions import Substr

from knowledge.catalog.kinds import Kind, Maturity
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import CATEGORY_PATH_CHARS

# Answers stand on pages of their own; the others are written when there is an occasion.
NOT_PLANNED = frozenset({Kind.FAQ, Kind.SQUAD, Kind.DECISION_RECORD, Kind.TOPIC_HUB})
KINDS = tuple(kind.value for kind in Kind if kind not in NOT_PLANNED)
AXES = ("kind", "category", "industry", "maturity")


@dataclass(frozen=True, slots=True)
class Cell:
    """``category`` is a tree path, ``industry`` a slug; None stands for all."""

    kind: str
    category: str
    industry: str | None
    maturity: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty cell; ``beside``: how many artifacts differ from it in this one axis only."""

    cell: Cell
    beside: dict[str, int]


class Coverage:
    """How many artifacts each cell holds. Built once for a report."""

    def __init__(self, held: Counter[Cell]) -> None:
        self._held = held

    def covers(self, cell: Cell) -> bool:
        """Whether something stands there. An axis that the cell leaves open may be anything."""
        if cell.industry is None or cell.maturity is None:
            return any(
                held.kind == cell.kind
                and held.category == cell.category
                and cell.industry in (None, held.industry)
                and cell.maturity in (None, held.maturity)
                for held in self._held
            )
        return any(
            Cell(cell.kind, cell.category, industry, maturity) in self._held
            for industry in (cell.industry, None)
            for maturity in (cell.maturity, None)
        )

    def home_of(self, kind: str) -> str | None:
        """The category in which most of this kind stands."""
        by_category: Counter[str] = Counter()
        for cell, number in self._held.items():
            if cell.kind == kind:
                by_category[cell.category] += number
        return min(by_category, key=lambda path: (-by_category[path], path), default=None)

    def gaps(self, categories: list[str], industries: list[str]) -> Iterator[Gap]:
        """Every empty cell that has neighbours."""
        scales = {
            "kind": KINDS,
            "category": categories,
            "industry": industries,
            "maturity": Maturity.values,
        }
        along = {axis: self._lines(axis) for axis in AXES}
        for values in product(*(scales[axis] for axis in AXES)):
            cell = Cell(*values)  # type: ignore[arg-type]  # one value of each scale, in order
            beside = {
                axis: number for axis in AXES if (number := along[axis][_without(cell, axis)])
            }
            if beside and not self.covers(cell):
                yield Gap(cell, beside)

    def _lines(self, axis: str) -> Counter[tuple]:
        lines: Counter[tuple] = Counter()
        for cell, number in self._held.items():
            lines[_without(cell, axis)] += number
        return lines


def _without(cell: Cell, axis: str) -> tuple:
    return tuple(getattr(cell, name) for name in AXES if name != axis)


def coverage(access: Access) -> Coverage:
    """What the person may see and what is still kept true. One query."""
    kept = Artifact.objects.filter(
        kind__in=KINDS, archived_at__isnull=True, superseded_by__isnull=True
    )
    rows = (
        visible(kept, access)
        .order_by()
        .annotate(category=Substr("path", 1, CATEGORY_PATH_CHARS))
        .values_list("kind", "category", "industries__slug", "maturity")
        .annotate(number=Count("pk"))
    )
    return Coverage(
        Counter({Cell(*where): number for *where, number in rows})  # type: ignore[arg-type]
    )
