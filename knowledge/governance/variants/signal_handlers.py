"""A publication of a standard or of a variant is compared once it is committed."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.signals import page_published, page_unpublished

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import queueing
from knowledge.governance.variants.models import Variant


def _compare(instance: Any, **_kwargs: Any) -> None:
    if not isinstance(instance, Artifact):
        return
    near = Variant.objects.filter(Q(page=instance.pk) | Q(parent=instance.pk))
    if near.exists():
        transaction.on_commit(_hand_over)


def _hand_over() -> None:
    from knowledge.governance.variants.tasks import compare_published

    # When the queue does not take it, the next round of the task finds them.
    queueing.hand_over(compare_published)


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_compare, dispatch_uid="variants.published")
    page_unpublished.connect(_compare, dispatch_uid="variants.unpublished")
