"""Numbers for published revisions."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import freshness
from knowledge.governance.models import Version


def next_number(current: str, *, major: bool) -> str:
    """The number after ``current``: 0.0 -> 1.0, 1.4 -> 1.5, with ``major`` 1.4 -> 2.0."""
    whole, _, part = current.partition(".")
    if major or int(whole) == 0:
        return f"{int(whole) + 1}.0"
    return f"{int(whole)}.{int(part or 0) + 1}"


@transaction.atomic
def record(
    *,
    page: Artifact,
    revision: Revision,
    by: Any,
    at: datetime | None = None,
    number: str | None = None,
) -> Version:
    """Give a published revision its number; the same revision keeps the number it has.

    Called for every publication, so it must not fail one: no permission is checked here.
    """
    Artifact.objects.select_for_update().filter(pk=page.pk).first()
    known = Version.objects.filter(page=page, revision=revision).first()
    if known is not None and number in (None, known.number):
        return known
    number = number or next_number(page.version, major=page.major_change)
    version, _created = Version.objects.update_or_create(
        page=page,
        revision=revision,
        defaults={
            "number": number,
            "change_note": page.change_note,
            "published_at": at or timezone.now(),
            "published_by": by,
        },
    )
    page.version = number
    Artifact.objects.filter(pk=page.pk).update(version=number)
    freshness.bump()
    return version
