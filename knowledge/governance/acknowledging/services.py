"""Confirming that one has read."""

from datetime import datetime
from typing import Any

from django.db import transaction

from knowledge.catalog.models import Artifact
from knowledge.governance.acknowledging import selectors
from knowledge.governance.acknowledging.errors import NewerVersion, NotAsked
from knowledge.governance.acknowledging.models import Confirmation


@transaction.atomic
def confirm(*, page: Artifact, by: Any, version: str, now: datetime) -> Confirmation:
    """Note that the person has read ``version``; a second time changes nothing.

    A newer minor version does not make it void; with a newer whole one it is refused.

    Raises:
        NotAsked: no demand holds for the artifact and the person.
        NewerVersion: the whole number of what is live is another one.
    """
    if not selectors.is_asked(by, page):
        raise NotAsked
    major = selectors.major_of(page.version)
    if selectors.major_of(version) != major:
        raise NewerVersion
    confirmation, _made = Confirmation.objects.get_or_create(
        person=by, page=page, major=major, defaults={"version": page.version, "confirmed_at": now}
    )
    return confirmation
