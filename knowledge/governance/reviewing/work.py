"""Drafts to decide on and artifacts to confirm, among the rest of a person's work."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import enters_admin, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.models import ReviewSnooze
from knowledge.governance.reviewing.models import Assignment
from knowledge.governance.reviewing.selectors.standing import Standing
from knowledge.practice.work.sections import Asking, Line, Section

# So long before the day a review stands among the work, and in the calendar.
AHEAD = timedelta(days=60)


def sections() -> list[Section]:
    return [
        Section("reviews", _("Drafts to review"), 35, _drafts, _of_drafts, dated=True),
        Section("confirming", _("My artifacts to check anew"), 80, _due, _of_due, dated=True),
    ]


def _drafts(asking: Asking) -> QuerySet[Assignment]:
    """What the person, or who stands in for somebody, is to decide, and what nobody has taken."""
    if not enters_admin(asking.user):
        return Assignment.objects.none()
    standing = Standing(asking.user, today=asking.today)
    mine = [asking.user.pk, *standing.absent]
    rows = standing.may_decide().filter(Q(assignee__in=mine) | Q(assignee=None))
    return rows.select_related("page", "task_state__task").order_by("due_on", "priority", "pk")


def _of_drafts(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"review-{row.task_state_id}",
            title=row.page.draft_title or row.page.title,
            url=reverse("review_desk", args=[row.task_state_id]),
            about=row.task_state.task.name,
            note="" if row.assignee_id else _("Nobody has taken it"),
            due=row.due_on,
        )
        for row in rows
    ]


def _due(asking: Asking) -> QuerySet[Artifact]:
    """Of the person or of a group of that person; a review that was put off is due on that day."""
    put_off = (
        ReviewSnooze.objects.filter(page=OuterRef("pk"), next_review=OuterRef("next_review"))
        .order_by()
        .values("page")
        .annotate(last=Max("until"))
        .values("last")
    )
    groups = asking.user.groups.values("pk")
    rows = visible(Artifact.objects.all(), asking.access).filter(
        Q(owner_user=asking.user.pk) | Q(owner_group__in=groups),
        archived_at__isnull=True,
        superseded_by__isnull=True,
        next_review__lte=asking.today + AHEAD,
    )
    ends = Coalesce(Subquery(put_off), F("next_review"))
    return rows.annotate(ends=ends).order_by("ends", "pk")


def _of_due(rows: Sequence[Any], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"confirm-{page.pk}-{page.next_review:%Y%m%d}",
            title=page.title,
            url=site_path(page.url_path),
            note=_("version %s") % page.version,
            kind=page.kind,
            due=page.ends,
        )
        for page in rows
    ]
