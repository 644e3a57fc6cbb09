"""Recurring tasks among the rest of a person's work."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.practice.cadence.models import RecurringTask
from knowledge.practice.cadence.permissions import own
from knowledge.practice.work.sections import Asking, Line, Section


def section() -> Section:
    return Section("recurring", _("Recurring tasks"), 15, _rows, _lines, dated=True, mailed=True)


def _rows(asking: Asking) -> QuerySet[RecurringTask]:
    tasks = RecurringTask.objects.filter(done_at__isnull=True).select_related("artifact")
    return own(tasks, asking.user, asking.access).order_by("due", "pk")


def _lines(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"recurring-{task.pk}",
            title=task.name,
            url=reverse("cadence:task", args=[task.pk]),
            about=task.artifact.title,
            note=task.role,
            kind=task.artifact.kind,
            due=task.due,
        )
        for task in rows
    ]
