"""The demo in a fifth of the time: for a test that only searches it.

The loader reads, checks and places the files as always; left out is what only editors and a second
run would miss: drafts, revisions, versions, fingerprints and the references between pages.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.test import override_settings
from wagtail.models import ReferenceIndex

from knowledge.catalog.models import Artifact
from knowledge.exchange.demo import loader
from knowledge.exchange.documents import fingerprint
from search.indexing import entries


def load() -> None:
    """Load the demo without indexing it: ``rebuild_index`` does that at once for all pages."""
    call_command("load_synonyms", verbosity=0)
    with _lightly():
        call_command("load_demo", password="a-password-of-the-tests", verbosity=0)


@contextmanager
def _lightly() -> Iterator[None]:
    with (
        override_settings(SEARCH_ELASTICSEARCH_URL=""),
        patch("modelsearch.signal_handlers.insert_or_update_object_task"),  # the admin's search
        patch.object(loader.publishing, "publish", _publish),
        patch.object(loader.state, "settle", _settle),
        patch.object(fingerprint, "of", return_value=""),
        patch.object(entries, "keep"),
        patch.object(ReferenceIndex, "create_or_update_for_object"),
    ):
        yield


def _publish(*, page: Artifact, by: Any) -> Artifact:
    page.live = True
    page.save()
    return page


def _settle(page: Artifact, data: Mapping[str, Any], *_rest: Any, now: datetime, by: Any) -> None:
    """What search looks at: when it was reviewed, until when that holds, whether it is archived."""
    at = now - timedelta(days=int(data.get("reviewed_days_ago", 0)))
    shown: dict[str, Any] = {"first_published_at": at, "last_published_at": at}
    if "reviewed_days_ago" in data:
        shown["last_reviewed"] = at.date()
        shown["next_review"] = at.date() + timedelta(days=page.review_interval_days)
    if data.get("archived"):
        shown["archived_at"] = at
    Artifact.objects.filter(pk=page.pk).update(**shown)
