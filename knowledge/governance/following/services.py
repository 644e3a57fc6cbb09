"""Following and no longer following. What it is, the caller has looked up with the person's access."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Page

from knowledge.catalog.models.taxonomy import Tag
from knowledge.governance.following.errors import TooMany
from knowledge.governance.following.models import Delivery, Follow, Sighting

MAX_A_PERSON = 300


@transaction.atomic
def follow(*, by: Any, now: datetime, page: Page | None = None, tag: Tag | None = None) -> Follow:
    """From now on; following twice is following once.

    Raises:
        TooMany: the person follows as much as one may.
    """
    # Two at once would both count one too few.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    target = {"page_id": page.pk if page else None, "tag_id": tag.pk if tag else None}
    known = Follow.objects.filter(person=by, **target).first()
    if known is not None:
        return known
    if Follow.objects.filter(person=by).count() >= MAX_A_PERSON:
        raise TooMany
    Delivery.objects.get_or_create(person=by)
    return Follow.objects.create(person=by, since=now, **target)


def unfollow(*, by: Any, follow_id: int) -> bool:
    """Whether there was something to end; what others follow is not found."""
    gone, _each = Follow.objects.filter(person=by, pk=follow_id).delete()
    return bool(gone)


def hears_by_mail(person: Any) -> bool:
    """Whether changes come by mail; who has chosen nothing gets one a day."""
    silent = Delivery.objects.filter(person=person, rhythm=Delivery.Rhythm.NONE)
    return not silent.exists()


def choose_rhythm(*, by: Any, rhythm: str) -> Delivery:
    """How the person hears of changes; ``rhythm`` is one of ``Delivery.Rhythm``."""
    delivery, _made = Delivery.objects.update_or_create(
        person=by, defaults={"rhythm": Delivery.Rhythm(rhythm)}
    )
    return delivery


def mark_seen(*, by: Any, versions: dict[int, str], now: datetime) -> None:
    """Note for each page, by its id, the version that the person knows. One statement."""
    Sighting.objects.bulk_create(
        [
            Sighting(person=by, page_id=page_id, version=version, seen_at=now)
            for page_id, version in versions.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "page"],
        update_fields=["version", "seen_at"],
    )
