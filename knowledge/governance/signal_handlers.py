"""Every publication gets a version number."""

from typing import Any

from wagtail.signals import page_published

from knowledge.catalog.models import Artifact
from knowledge.governance.services import versions


def _number_version(instance: Any, revision: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Artifact) and revision is not None:
        versions.record(page=instance, revision=revision, by=revision.user)


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_number_version, dispatch_uid="governance.version")
