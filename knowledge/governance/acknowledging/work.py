"""What a person has to read and confirm, among the rest of the person's work."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.acknowledging import selectors
from knowledge.practice.work.sections import Asking, Line, Section


def section() -> Section:
    return Section("reading", _("To read and confirm"), 60, _rows, _lines, mailed=True)


def _rows(asking: Asking) -> QuerySet[Artifact]:
    return selectors.open_for(asking.user, asking.access)


def _lines(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            # A minor version asks nobody anew and is no news.
            uid=f"reading-{page.pk}-{selectors.major_of(page.version)}",
            title=page.title,
            url=site_path(page.url_path),
            note=_("version %s") % page.version,
            kind=page.kind,
            news=True,
        )
        for page in rows
    ]
