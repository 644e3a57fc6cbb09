"""Which artifacts suit a team, in order, and which nearly do: weighed and cut by the database.

The rules are in ``criteria``. Words are made for the rows that are shown, whatever the size of the
library.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.cards import Card, cards
from knowledge.catalog.selectors.categories import categories
from knowledge.catalog.trust import TrustState, with_trust_state
from knowledge.practice.selectors.criteria import (
    AGAINST,
    COLUMNS,
    FITS,
    Criterion,
    Team,
    criteria,
    facts,
)

NEAR_MISSES = 5
# Read as they stand: nobody chooses an answer or a hub for a team.
NOT_CHOSEN = (Kind.FAQ, Kind.TOPIC_HUB)
TRUST_ORDER = (TrustState.VERIFIED, TrustState.DUE, TrustState.UNVERIFIED, TrustState.STALE)
_RULE = "rule_of_"


@dataclass(frozen=True, slots=True)
class Fit:
    """``reasons`` speak for the artifact with ``points``, ``cautions`` against it."""

    page_id: int
    points: int
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suited:
    fit: Fit
    card: Card


def suited(team: Team, access: Access) -> QuerySet[Any, dict[str, Any]]:
    """Those for which something speaks and nothing against, best first; rows for ``explained``."""
    return _weighed(team, access).filter(weight__gt=0)


def near_misses(team: Team, access: Access) -> QuerySet[Any, dict[str, Any]]:
    """Those with one thing against which the rest makes up at least half of what it can."""
    best = sum(max(rule.points for rule in one) for one in criteria(team).values())
    enough = max(1, ceil((best - FITS) / 2))
    return _weighed(team, access).filter(weight__range=(AGAINST + enough, -1))[:NEAR_MISSES]


def explained(team: Team, access: Access, rows: Iterable[Mapping[str, Any]]) -> list[Suited]:
    """What is shown of these rows, reasons included. One query, and the categories."""
    rows = list(rows)
    rules = criteria(team)
    among = categories(access)
    pages = visible(Artifact.objects.filter(pk__in=[row["pk"] for row in rows]), access)
    shown = {card.id: card for card in cards(pages)}
    return [
        Suited(_fit(row, rules, facts(row, team, among)), shown[row["pk"]])
        for row in rows
        if row["pk"] in shown
    ]


def _weighed(team: Team, access: Access) -> QuerySet[Any, dict[str, Any]]:
    """Everything that may be chosen, with its ``weight`` and which rules it met, in order.

    Of equals comes first what the search held for better, then the one to rely on.
    """
    shelf = visible(
        Artifact.objects.filter(superseded_by__isnull=True, archived_at__isnull=True), access
    ).exclude(kind__in=NOT_CHOSEN)
    if team.about is not None:
        shelf = shelf.filter(pk__in=team.about)
    rules = criteria(team)
    met = {_RULE + name: _number_of_rule(criterion) for name, criterion in rules.items()}
    order = [_place("pk", team.about)] if team.about else []
    return (
        with_trust_state(shelf, today=timezone.localdate())
        .annotate(
            weight=sum((_points(criterion) for criterion in rules.values()), Value(0)),
            **met,
        )
        .order_by("-weight", *order, _place("trust", TRUST_ORDER), "title", "pk")
        .values("pk", "weight", *COLUMNS, *met)
    )


def _points(criterion: Criterion) -> Combinable:
    return _case(When(rule.holds, then=Value(rule.points)) for rule in criterion)


def _number_of_rule(criterion: Criterion) -> Combinable:
    """Which rule was met, from 1; 0 when the artifact says nothing of this."""
    return _case(
        When(rule.holds, then=Value(number)) for number, rule in enumerate(criterion, start=1)
    )


def _place(column: str, order: Sequence[Any]) -> Combinable:
    return _case(When(**{column: value}, then=Value(n)) for n, value in enumerate(order))


def _case(whens: Iterable[When]) -> Combinable:
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _fit(row: Mapping[str, Any], rules: Mapping[str, Criterion], said: dict[str, str]) -> Fit:
    met = [
        criterion[number - 1] for name, criterion in rules.items() if (number := row[_RULE + name])
    ]
    return Fit(
        page_id=row["pk"],
        points=sum(rule.points for rule in met if rule.points > 0),
        reasons=tuple(rule.words % said for rule in met if rule.points > 0),
        cautions=tuple(rule.words % said for rule in met if rule.points < 0),
    )
