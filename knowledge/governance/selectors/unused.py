"""What may go to the archive, with the reasons, and what went there lately."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.catalog.trust import STALE_AFTER_DAYS
from knowledge.governance.models import Feedback
from knowledge.practice.models import Run

# Long after it was stale; a review a quarter late happens.
LONG_STALE_DAYS = STALE_AFTER_DAYS + 90
FEEDBACK_DAYS = 180
MANY_COMPLAINTS = 3
# Whoever is younger may not have been found yet.
UNSEEN_DAYS = 180
FEW_VIEWS = 3
LATELY_DAYS = 90
# Page ids with how often each was looked at since a day, or None when that is not known.
Views = Callable[[date], Mapping[int, int] | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An artifact that may go, the one with the most reasons first."""

    page: Artifact
    reasons: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def kind(self) -> str:
        return self.page.kind_label

    @property
    def owner(self) -> str:
        return self.page.owned_by

    @property
    def why(self) -> str:
        return " ".join(self.reasons)


def proposals(
    user: Any, access: Access, *, today: date, views: Views | None = None
) -> list[Proposal]:
    """Of the live artifacts that the person may publish; six queries, however many there are.

    Args:
        views: who counts views says how many there were; where that is not known nobody is called unseen.
    """
    since = today - timedelta(days=UNSEEN_DAYS)
    seen = views(since) if views else None
    told = today - timedelta(days=FEEDBACK_DAYS)
    runs = Run.objects.filter(artifact=OuterRef("pk"), started_at__date__gte=since)
    unhelpful, helpful = Feedback.Sort.NOT_HELPFUL, Feedback.Sort.HELPFUL
    recent = Q(feedback__created_at__date__gte=told)
    pages = (
        _publishable(user)
        .filter(live=True, archived_at=None)
        .annotate(
            was_run=Exists(runs),
            against=Count("feedback", filter=recent & Q(feedback__sort=unhelpful)),
            for_it=Count("feedback", filter=recent & Q(feedback__sort=helpful)),
        )
    )
    candidates = Q(superseded_by__isnull=False)
    candidates |= Q(next_review__lt=today - timedelta(days=LONG_STALE_DAYS))
    candidates |= Q(against__gte=MANY_COMPLAINTS)
    if seen is not None:
        often = [pk for pk, count in seen.items() if count > FEW_VIEWS]
        candidates |= Q(first_published_at__date__lt=since) & ~Q(pk__in=often)
    found = []
    for page in pages.filter(candidates).select_related(
        "owner_user", "owner_group", "superseded_by"
    ):
        reasons = tuple(_reasons(page, access, today, seen))
        if reasons:
            found.append(Proposal(page, reasons))
    return sorted(found, key=lambda one: (-len(one.reasons), one.title, one.page.pk))


def archived_lately(user: Any, *, now: datetime) -> QuerySet[Artifact]:
    """What went to the archive, the last first."""
    since = now - timedelta(days=LATELY_DAYS)
    pages = _publishable(user).filter(archived_at__gte=since)
    return pages.select_related("owner_user", "owner_group").order_by("-archived_at", "pk")


def _publishable(user: Any) -> QuerySet[Artifact]:
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
    return Artifact.objects.filter(pk__in=pages.order_by().values("pk"))


def _reasons(page: Any, access: Access, today: date, seen: Mapping[int, int] | None) -> list[str]:
    reasons = []
    successor = page.superseded_by
    if successor:
        known = successor.live and access.opens(successor.path)
        reasons.append(_("Superseded by “%s”.") % successor.title if known else _("Superseded."))
    if page.next_review and page.next_review < today - timedelta(days=LONG_STALE_DAYS):
        day = date_format(page.next_review, "j F Y")
        reasons.append(_("Its review has been due since %s.") % day)
    if page.against >= MANY_COMPLAINTS and page.against > page.for_it:
        words = ngettext(
            "%d reader said that it did not help.",
            "%d readers said that it did not help.",
            page.against,
        )
        reasons.append(words % page.against)
    if seen is not None and page.first_published_at.date() < today - timedelta(days=UNSEEN_DAYS):
        count = seen.get(page.pk, 0)
        if count <= FEW_VIEWS:
            words = ngettext(
                "It was looked at once in half a year.",
                "It was looked at %d times in half a year.",
                count,
            )
            reasons.append(words % count if count != 1 else words)
    if reasons and not page.was_run:
        # By itself it says nothing: much is only read.
        reasons.append(_("No run in half a year."))
    return reasons
