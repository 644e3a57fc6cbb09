"""Keeping searches. Whose search it is, the caller has looked up by its person."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledge.catalog.permissions import access_for
from search.saved.errors import NameTaken, TooLong, TooMany
from search.saved.matching import matching
from search.saved.models import QUERY_CHARS, SavedSearch, Told

MAX_A_PERSON = 50
Delivery = SavedSearch.Delivery


@transaction.atomic
def keep(*, by: Any, name: str, query: str, delivery: str) -> SavedSearch:
    """Save a search; what matches now is not new to the person.

    Raises:
        NotSaved: too many, too long, or the name is taken.
        BadFilter: a value does not exist, or the person must not know of it.
    """
    if len(query) > QUERY_CHARS:
        raise TooLong
    # Two at once would both count one too few.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    if SavedSearch.objects.filter(person=by).count() >= MAX_A_PERSON:
        raise TooMany
    saved = SavedSearch(person=by, name=name, query=query, delivery=delivery)
    _write(saved)
    _begin(saved)
    return saved


@transaction.atomic
def change(*, by: Any, saved: SavedSearch, name: str, delivery: str) -> SavedSearch:
    """Rename, or choose another way to hear of it.

    Raises:
        NameTaken: another one of the person has that name.
    """
    _own(by, saved)
    begins = delivery == Delivery.MAIL and saved.delivery != Delivery.MAIL
    saved.name, saved.delivery = name, delivery
    _write(saved)
    if begins:
        _begin(saved)
    return saved


def forget(*, by: Any, saved: SavedSearch) -> None:
    _own(by, saved)
    saved.delete()


def renew_feed(*, by: Any, saved: SavedSearch) -> None:
    """Give the feed a new address; nobody gets anything at the old one."""
    _own(by, saved)
    saved.feed_number += 1
    saved.save(update_fields=["feed_number"])


def _own(by: Any, saved: SavedSearch) -> None:
    if saved.person_id != by.pk:
        raise SavedSearch.DoesNotExist


def _write(saved: SavedSearch) -> None:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        raise NameTaken from None


def _begin(saved: SavedSearch) -> None:
    """From now on count as new: what is published later and does not match yet."""
    now = timezone.now()
    SavedSearch.objects.filter(pk=saved.pk).update(since=now, mailed_on=timezone.localdate(now))
    found = matching(saved.query, access_for(saved.person))
    Told.objects.bulk_create(
        [Told(search=saved, page_id=pk) for pk in found], ignore_conflicts=True
    )
