"""People who follow, and artifacts that change."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from knowledge.catalog.models import Artifact
from tests.factories import UserFactory, person


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def reader():
    return person("Viewers", email="reader@example.org")


@pytest.fixture
def publish() -> Callable[..., None]:
    def _publish(page: Artifact, *, note: str = "", by: object = None, **fields: object) -> None:
        for name, value in fields.items():
            setattr(page, name, value)
        page.change_note = note
        page.save_revision(user=by or UserFactory()).publish()
        page.refresh_from_db()

    return _publish


def later(days: int, hour: int = 9) -> datetime:
    local = timezone.localtime() + timedelta(days=days)
    return local.replace(hour=hour, minute=0)
