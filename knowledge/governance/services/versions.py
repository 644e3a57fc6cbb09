"""Numbers for published revisions."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import freshness
from knowledge.governance.models import Version

UNPUBLISHED = "0.0"


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

    Called for every publication, so it must not fail one: no permission is checked here, and a
    ``number`` that is taken gives way to the next free one. What counts is the table, not
    ``page.version``, which may be older than the row.
    """
    Artifact.objects.select_for_update().filter(pk=page.pk).first()
    known = Version.objects.filter(page=page, revision=revision).first()
    if known is not None and number in (None, known.number):
        return _show(page, known)
    taken = list(Version.objects.filter(page=page).values_list("number", flat=True))
    if number is None or number in taken:
        number = next_number(taken[0] if taken else UNPUBLISHED, major=page.major_change)
        while number in taken:
            number = next_number(number, major=False)
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
    return _show(page, version)


def _show(page: Artifact, version: Version) -> Version:
    """The page bears the number of what is live, also when an old revision is published again."""
    page.version = version.number
    Artifact.objects.filter(pk=page.pk).update(version=version.number)
    freshness.bump()
    return version
