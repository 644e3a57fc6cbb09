"""A cadence that is published has its next tasks at once, and not with the next round."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.signals import page_published

from knowledge.catalog.models import Artifact
from knowledge.practice.cadence import services


def connect() -> None:
    page_published.connect(_published, dispatch_uid="practice.cadence.published")


def _published(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Artifact):

        def make() -> None:
            # Named: Django tells of what fails after the commit by its name, which a partial lacks.
            services.ensure(page=instance.specific, today=timezone.localdate())

        transaction.on_commit(make, robust=True)
