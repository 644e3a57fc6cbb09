"""Whose review is due, and who is to be told."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model

from knowledge.catalog.models import Artifact
from knowledge.catalog.trust import STALE_AFTER_DAYS
from knowledge.governance.models import ReviewReminder
from knowledge.governance.roles import ADMINISTRATORS
from knowledge.governance.selectors import snoozes

SOON_DAYS = 14
Stage = ReviewReminder.Stage


@dataclass(frozen=True, slots=True)
class Due:
    """An artifact whose review comes near or is over. ``path`` is its place in the tree."""

    page_id: int
    title: str
    url_path: str
    path: str
    version: str
    next_review: date
    stage: str

    @property
    def key(self) -> tuple[int, date, str]:
        return self.page_id, self.next_review, self.stage


def stage_on(next_review: date, today: date) -> str | None:
    """None while the review is far away. The rule of "stale" is that of ``catalog.trust``."""
    if today > next_review + timedelta(days=STALE_AFTER_DAYS):
        return Stage.STALE
    if today >= next_review:
        return Stage.DUE
    return Stage.SOON if today >= next_review - timedelta(days=SOON_DAYS) else None


def by_person(today: date) -> dict[int, list[Due]]:
    """What each active person with a mail address should know of; the longest overdue first.

    The owner, or each member of the owning group; administrators are told of what nobody can be
    told of and of what is long overdue. A review that was put off counts from that day. Three queries.
    """
    rows = (
        Artifact.objects.filter(
            live=True,
            archived_at__isnull=True,
            superseded_by__isnull=True,
            next_review__lte=today + timedelta(days=SOON_DAYS),
        )
        .order_by("next_review", "pk")
        .values_list(
            *("pk", "title", "url_path", "path", "version", "next_review"),
            *("owner_user", "owner_group"),
        )
    )
    put_off = snoozes.days()
    members, administrators = _members()
    reached = {pk for people in members.values() for pk in people}
    found: dict[int, list[Due]] = defaultdict(list)
    for pk, title, url_path, path, version, next_review, user, group in rows:
        next_review = max(next_review, put_off.get(pk, next_review))
        stage = stage_on(next_review, today)
        if stage is None:
            continue
        due = Due(pk, title, url_path, path, version, next_review, stage)
        people = ({user} if user else set(members.get(group, ()))) & reached
        if stage == Stage.STALE or not people:
            people |= administrators
        for person in people:
            found[person].append(due)
    return found


def _members() -> tuple[dict[int | None, set[int]], set[int]]:
    """Active people with an address: by group (None: in no group), and the administrators."""
    people = get_user_model().objects.filter(is_active=True).exclude(email="")
    groups: dict[int | None, set[int]] = defaultdict(set)
    administrators: set[int] = set()
    for pk, group, name in people.values_list("pk", "groups", "groups__name"):
        groups[group].add(pk)
        if name == ADMINISTRATORS.name:
            administrators.add(pk)
    return groups, administrators
