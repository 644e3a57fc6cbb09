"""What the sections of a person want, in one line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.categories import CATEGORY_PATH_CHARS, categories
from knowledge.governance.lint import selectors as lint
from knowledge.governance.lint.models import Severity
from knowledge.governance.models import Feedback
from knowledge.governance.selectors.due import SOON_DAYS
from knowledge.governance.selectors.quality import looked_after_by

# What wants an answer: a vote alone wants none.
WANTING = (Feedback.Sort.SUGGESTION, Feedback.Sort.RUN)


@dataclass(frozen=True, slots=True)
class Line:
    """Numbers of live artifacts of one section, but ``to_mend`` of findings, ``open`` of feedback."""

    title: str
    slug: str
    path: str
    artifacts: int
    overdue: int
    soon: int
    unowned: int
    to_mend: int
    open: int

    @property
    def share_on_time(self) -> int:
        """Per cent."""
        return round(100 * (self.artifacts - self.overdue) / self.artifacts)


def lines(user: Any, access: Access, *, today: date) -> Sequence[Line]:
    """Sections in which the person looks after something, in the order of the tree. Few queries."""
    mine = looked_after_by(user).order_by()
    rows = {
        row.pop("at"): row
        for row in mine.annotate(at=Substr("path", 1, CATEGORY_PATH_CHARS))
        .values("at")
        .annotate(
            artifacts=Count("pk"),
            overdue=Count("pk", filter=Q(next_review__lt=today)),
            soon=Count(
                "pk", filter=Q(next_review__range=(today, today + timedelta(days=SOON_DAYS)))
            ),
            unowned=Count("pk", filter=Q(owner_user=None, owner_group=None)),
        )
    }
    if not rows:
        return []
    findings = lint.known_to(user, access).filter(severity=Severity.ERROR)
    to_mend = _by_section(findings.annotate(at=Substr("page__path", 1, CATEGORY_PATH_CHARS)))
    said = Feedback.objects.filter(
        page__in=mine.values("pk"), state=Feedback.State.OPEN, sort__in=WANTING
    )
    open_ = _by_section(said.annotate(at=Substr("page__path", 1, CATEGORY_PATH_CHARS)))
    return [
        Line(
            title=one.title,
            slug=one.slug,
            path=one.path,
            to_mend=to_mend.get(one.path, 0),
            open=open_.get(one.path, 0),
            **rows[one.path],
        )
        for one in categories(access)
        if one.path in rows
    ]


def _by_section(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list(F("at")).annotate(number=Count("pk")))
