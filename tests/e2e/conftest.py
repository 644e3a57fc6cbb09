"""The whole site with its demo content in a real browser, on the real services."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from knowledge.catalog.models import Artifact
from tests.database import left_as_found
from tests.e2e import addresses
from tests.e2e.watching import Watch
from tests.node import prefix

PASSWORD = "a-password-of-the-tests"


@pytest.fixture(scope="package")
def portal(
    playwright: Any,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a site with the demo content, made once for all tests of this folder.

    They read, and leave feedback at most; so none of them needs it anew.
    """
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), left_as_found(bare=True), media, prefix() as name:
        call_command("load_synonyms", verbosity=0)
        call_command("load_demo", password=PASSWORD, verbosity=0)
        _publish_again(addresses.OF_TWO_VERSIONS)
        elasticsearch = override_settings(
            SEARCH_ELASTICSEARCH_URL=settings.ELASTICSEARCH_OF_TESTS, SEARCH_INDEX_PREFIX=name
        )
        with elasticsearch:
            call_command("rebuild_index", verbosity=0)
            server = LiveServer("127.0.0.1")
            yield server.url
            server.stop()


def _publish_again(address: str) -> None:
    page = Artifact.objects.get(slug=address.strip("/").rpartition("/")[2]).specific
    page.change_note = "Shorter."
    page.save_revision().publish()


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], portal: str) -> dict[str, Any]:
    """Addresses are those of the site; nothing moves while it is judged."""
    return {**browser_context_args, "base_url": portal, "reduced_motion": "reduce"}


@pytest.fixture
def watch(context: BrowserContext, portal: str) -> Iterator[Watch]:
    """Fails a test whose pages complain in the console or ask another host."""
    watching = Watch(context, portal)
    yield watching
    assert watching.faults == []


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    return context.new_page()
