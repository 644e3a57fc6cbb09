"""Whose work reaches whom today."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import QuerySet


def absent_for(user: Any, *, today: date) -> list[int]:
    """Ids of the people for whom ``user`` stands in on that day."""
    return list(_on(today).filter(deputy=user.pk).values_list("person", flat=True))


def deputies_of(people: Iterable[int], *, today: date) -> dict[int, list[int]]:
    """By absent person; who is there has no entry."""
    found: dict[int, list[int]] = {}
    rows = _on(today).filter(person__in=set(people), deputy__is_active=True)
    for person, deputy in rows.values_list("person", "deputy"):
        found.setdefault(person, []).append(deputy)
    return found


def _on(today: date) -> QuerySet[Any]:
    # By name: the steps of a workflow ask for this while their own models are being made.
    model = apps.get_model("governance_reviewing", "Absence")
    return model.objects.filter(first_day__lte=today, last_day__gte=today)
