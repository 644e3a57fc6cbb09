"""Has changed artifacts compared soon after. What is missed here is found by the next round."""

from typing import Any

from django.db import connection, transaction
from wagtail.signals import page_published

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import queueing
from knowledge.catalog.signals import tags_changed


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_published, dispatch_uid="search.related.published")
    tags_changed.connect(_tags_changed, dispatch_uid="search.related.tags_changed")


def _published(instance: Any, **_: Any) -> None:
    if isinstance(instance, Artifact):
        _soon()


def _tags_changed(**_: Any) -> None:
    _soon()


def _soon() -> None:
    # Once a transaction, however many it publishes.
    waiting = getattr(connection, "run_on_commit", [])
    if not any(waits[1] is _queue for waits in waiting):
        transaction.on_commit(_queue, robust=True)


def _queue() -> None:
    from search.related.tasks import catch_up

    # Nobody who publishes waits for a broker that is away.
    queueing.hand_over(catch_up)
