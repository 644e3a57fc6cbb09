"""What every test starts from: no page, frame or lock of the test before it is left in a cache."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from wagtail.models import Page

from portal.middleware import page_cache
from tests.factories import home as make_home


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    cache.clear()
    page_cache.store.clear()
    yield


@pytest.fixture
def home(db: None) -> Page:
    """The home page of the site, with the groups, their rights and the workflow."""
    return make_home()
