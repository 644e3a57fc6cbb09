"""Values come in: from other systems, from a file, from the portal itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.catalog.services import freshness
from knowledge.governance.kpis.models import Kpi, Reading
from knowledge.governance.kpis.permissions import may_feed

# What the portal computes stands under this name, and nobody else may use it.
OURS = "portal"


@dataclass(frozen=True, slots=True)
class Value:
    kpi: Kpi
    source: str
    at: datetime
    value: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """``corrected``: the same indicator, source and instant had another value."""

    added: int
    corrected: int
    unchanged: int


def feed(*, values: Sequence[Value], by: Any, now: datetime) -> Outcome:
    """Keep the values; the same again changes nothing.

    Raises:
        PermissionDenied: ``by`` may not bring values.
    """
    if not may_feed(by):
        raise PermissionDenied("This person may not bring values of indicators.")
    return write(values=values, now=now)


@transaction.atomic
def write(*, values: Sequence[Value], now: datetime) -> Outcome:
    """For the portal's own figures and for content that is loaded: nobody is asked.

    Of one key that comes twice the last value counts.
    """
    wanted = {(one.kpi.pk, one.source, one.at): one for one in values}
    known = {
        (row.kpi_id, row.source, row.at): row.value
        for row in Reading.objects.filter(
            kpi__in={one.kpi.pk for one in values}, at__in={one.at for one in values}
        ).select_for_update()
    }
    added = [one for key, one in wanted.items() if key not in known]
    corrected = [one for key, one in wanted.items() if known.get(key, one.value) != one.value]
    Reading.objects.bulk_create(
        [
            Reading(
                kpi=one.kpi,
                source=one.source,
                at=one.at,
                day=timezone.localtime(one.at).date(),
                value=one.value,
                written_at=now,
            )
            for one in (*added, *corrected)
        ],
        update_conflicts=True,
        unique_fields=["kpi", "source", "at"],
        update_fields=["value", "written_at"],
        batch_size=1000,
    )
    if any(one.kpi.is_public for one in (*added, *corrected)):
        freshness.bump()
    return Outcome(len(added), len(corrected), len(wanted) - len(added) - len(corrected))
