"""Has pages checked soon after they change; what is missed here is found by the daily round."""

import threading
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.signals import page_published, page_unpublished

from knowledge.catalog.models import Artifact
from knowledge.catalog.services.queueing import hand_over
from knowledge.catalog.signals import artifact_changed
from knowledge.governance.lint import selectors
from knowledge.governance.lint.services import AT_ONCE

# Pages that changed in the running transaction. Checking one for nothing does no harm.
_waiting = threading.local()


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_moved, dispatch_uid="governance.lint.published")
    page_unpublished.connect(_moved, dispatch_uid="governance.lint.unpublished")
    artifact_changed.connect(_changed, dispatch_uid="governance.lint.changed")


def _moved(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Artifact):
        _soon([instance.pk])


def _changed(artifact_ids: Iterable[int], **_kwargs: Any) -> None:
    _soon(artifact_ids)


def _soon(page_ids: Iterable[int]) -> None:
    """Checked together, however many a transaction changes: the first of the calls takes them all."""
    _waiting.ids = getattr(_waiting, "ids", set()) | set(page_ids)
    transaction.on_commit(_queue, robust=True)


def _queue() -> None:
    """With the pages that lead to them: a link to something archived is a finding there."""
    from knowledge.governance.lint.tasks import check

    changed: set[int] = getattr(_waiting, "ids", set())
    _waiting.ids = set()
    if not changed:
        return
    page_ids = sorted(changed | set(selectors.referrers(changed)))
    for start in range(0, len(page_ids), AT_ONCE):
        hand_over(check, page_ids[start : start + AT_ONCE])
