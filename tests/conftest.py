"""What every test starts from: no page, frame or lock of the test before it is left in a cache."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Playwright
from wagtail.models import Page

from knowledge.governance.measures.recording import counter
from portal.middleware import page_cache
from tests.database import make_bare, start_with
from tests.factories import home as make_home
from tests.node import Node, empty, prefix

CHROMIUM = "/usr/bin/chromium"
NODES = {"node", "shared_node"}
_T = TypeVar("_T")


def pytest_itemcollected(item: pytest.Item) -> None:
    """A test that waits for another process gets a second try; the summary names it then.

    How soon a browser, a worker or a node answers is not ours to say on a busy machine. The gate
    (``CI``) gives one to every test, since each talks with a database. One that fails twice fails.
    """
    marked = any(item.get_closest_marker(name) for name in ("browser", "elasticsearch", "worker"))
    if marked or NODES & set(getattr(item, "fixturenames", ())) or os.environ.get("CI"):
        item.add_marker(pytest.mark.flaky(reruns=1))
    database = item.get_closest_marker("django_db")
    if database and database.kwargs.get("transaction"):
        raise pytest.UsageError(f"{item.nodeid}: empties all tables; use tests.database instead")


def pytest_collection_finish() -> None:
    """What stands by now stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with a home page and its roles, which nearly every test needs.

    At the end nobody may be connected to it, or it could not be dropped: the threads of a server
    that a browser talked to keep their connections. What was counted and not written goes with it.
    """
    if connection.vendor != "postgresql":  # the tests of the database engine run on SQLite too
        yield
        return
    with django_db_blocker.unblock():
        start_with(make_home)
    yield
    counter.forget()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            # Not the server's own: autovacuum lets go by itself, and is nobody's to end.
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND usename = current_user AND backend_type = 'client backend'"
        )


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    cache.clear()
    page_cache.store.clear()
    yield


@pytest.fixture
def home(db: None) -> Page:
    """The home page of the site, with the groups, their rights and the workflow."""
    return make_home()


@pytest.fixture
def bare(db: None) -> None:
    """A database as the migrations leave it: no home page, no roles."""
    make_bare()


@pytest.fixture(scope="module")
def module_prefix() -> Iterator[str]:
    """One index of Elasticsearch for all tests of a module."""
    with prefix() as name:
        yield name


@pytest.fixture
def shared_node(settings: Any, db: None, module_prefix: str) -> Node:
    """Elasticsearch with an empty index, shared by the tests of a module one after the other."""
    settings.SEARCH_ELASTICSEARCH_URL = settings.ELASTICSEARCH_OF_TESTS
    settings.SEARCH_INDEX_PREFIX = module_prefix
    node = Node()
    empty(node.client)
    return node


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], _T]], _T]:
    """Runs what waits for the end of a transaction, as a request or a command would."""

    def run(change: Callable[[], _T]) -> _T:
        with django_capture_on_commit_callbacks(execute=True):
            return change()

    return run


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, where there is one."""
    args = {**browser_type_launch_args, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
    return {**args, "executable_path": CHROMIUM} if os.path.exists(CHROMIUM) else args


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """Playwright, whose event loop stays in this thread from here to the end of the process.

    Django would take every test after it for asynchronous code and refuse it the database.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright
