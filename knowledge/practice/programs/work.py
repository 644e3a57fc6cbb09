"""Programs that a person leads, among the rest of the work."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.practice.programs.models import ProgramRun
from knowledge.practice.programs.permissions import joinable
from knowledge.practice.work.sections import Asking, Line, Section


def section() -> Section:
    return Section("programs", _("Programs that I lead"), 25, _rows, _lines)


def _rows(asking: Asking) -> QuerySet[ProgramRun]:
    led = ProgramRun.objects.filter(lead=asking.user.pk, ended_at=None)
    return joinable(led, asking.user, asking.access).order_by("-started_at", "-pk")


def _lines(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"program-{row.pk}",
            title=row.name,
            url=reverse("programs:program", args=[row.pk]),
            about=row.title,
        )
        for row in rows
    ]
