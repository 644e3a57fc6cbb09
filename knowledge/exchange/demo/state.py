"""The state that a demo artifact is shown in: version, review, archive. Moved by their services."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Revision

from knowledge.catalog.models import Artifact
from knowledge.exchange.documents.metadata import Vocabulary
from knowledge.governance.services import lifecycle, reviews, versions


def settle(
    page: Artifact, data: Mapping[str, Any], vocabulary: Vocabulary, *, by: Any, now: datetime
) -> None:
    """Give the page just published its number, its review and its place in the archive."""
    days = data.get("reviewed_days_ago")
    at = now - timedelta(days=int(days)) if days is not None else now
    if data.get("version"):
        versions.record(
            page=page, revision=page.live_revision, by=by, at=at, number=str(data["version"])
        )
    _date(page, at)
    if days is not None:
        reviewer = vocabulary.person(data.get("reviewed_by") or by.get_username(), "reviewed_by")
        reviews.confirm(page=page, by=reviewer, on=at.date())
    if data.get("archived") and page.archived_at is None:
        lifecycle.archive(page=page, by=by, at=at)


def _date(page: Artifact, at: datetime) -> None:
    """Date the publication as the file tells it, so that lists by date are worth looking at."""
    Artifact.objects.filter(pk=page.pk).update(
        first_published_at=at, last_published_at=at, latest_revision_created_at=at
    )
    Revision.objects.filter(pk=page.live_revision_id).update(created_at=at)
    page.first_published_at = page.last_published_at = at
