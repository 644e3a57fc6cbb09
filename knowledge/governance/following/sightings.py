"""Notes which version a person opened, after the answer has gone out.

Once a version and person: what was noted is remembered in the cache, so that reading a page again
costs no write. Nobody waits for it, and when it fails a page is merely listed as changed once more.
"""

import logging
import threading
from typing import Any

from django.core.cache import cache
from django.core.signals import request_finished
from django.db import DatabaseError
from django.utils import timezone

from knowledge.catalog.models import Artifact
from knowledge.governance.following import services

log = logging.getLogger(__name__)

REMEMBER_SECONDS = 7 * 24 * 3600
_waiting = threading.local()


def note(person: Any, page: Artifact) -> None:
    """Keep in mind, until the request has ended, that the person opened the live version."""
    if cache.get(_key(person, page.pk)) != page.version:
        _waiting.seen = (person, page.pk, page.version)


def remember(person: Any, page_id: int, version: str) -> None:
    """What is in the database, so that it is not written again."""
    cache.set(_key(person, page_id), version, REMEMBER_SECONDS)


def _key(person: Any, page_id: int) -> str:
    return f"sighting:{person.pk}:{page_id}"


def _write(**_kwargs: Any) -> None:
    seen = getattr(_waiting, "seen", None)
    if seen is None:
        return
    _waiting.seen = None
    person, page_id, version = seen
    try:
        services.mark_seen(by=person, versions={page_id: version}, now=timezone.now())
    except DatabaseError as error:
        # The page may be gone by now, or the database away: the person has the answer already.
        log.warning("sighting.not_written page=%s: %s", page_id, error)
        return
    remember(person, page_id, version)


def connect() -> None:
    """Called once when the app is ready."""
    request_finished.connect(_write, dispatch_uid="following.sightings")
