"""Making, renewing and ending the secret address of a calendar."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from knowledge.practice.work.models import CalendarAddress

TOKEN_BYTES = 32
TOUCHED_AFTER = timedelta(hours=1)


@transaction.atomic
def renew(*, by: Any, at: datetime) -> str:
    """A new address in place of the one before, if any. Its token is not kept and shown this once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarAddress.objects.update_or_create(
        person=by, defaults={"digest": _digest(token), "made_at": at, "read_at": None}
    )
    return token


@transaction.atomic
def end(*, by: Any) -> None:
    """The address answers nobody any more."""
    CalendarAddress.objects.filter(person=by).delete()


def person_of(*, token: str, at: datetime) -> Any:
    """Whose calendar it is; None for an address that is none, or of somebody who has left."""
    found = (
        CalendarAddress.objects.select_related("person")
        .filter(digest=_digest(token), person__is_active=True)
        .first()
    )
    if found is None:
        return None
    if found.read_at is None or at - found.read_at > TOUCHED_AFTER:
        CalendarAddress.objects.filter(pk=found.pk).update(read_at=at)
    return found.person


def _digest(token: str) -> str:
    # The token has 256 random bits: a slow digest would add nothing.
    return hashlib.sha256(token.encode()).hexdigest()
