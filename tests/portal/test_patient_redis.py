"""Redis accepts and never answers: the first question waits, the others do not."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django_redis.cache import RedisCache

from tests.silent import Silent, silent_server

LIMIT_SECONDS = 0.2
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def cache_at(address: str) -> Any:
    options = {
        "IGNORE_EXCEPTIONS": True,
        "SOCKET_CONNECT_TIMEOUT": LIMIT_SECONDS,
        "SOCKET_TIMEOUT": LIMIT_SECONDS,
    }
    return RedisCache(address, {"OPTIONS": options})


@pytest.fixture
def hanging() -> Iterator[Silent]:
    with silent_server() as server:
        yield server


def test_only_the_first_question_waits_and_is_told(
    hanging: Silent, caplog: pytest.LogCaptureFixture
) -> None:
    cache = cache_at(f"redis://{hanging.netloc}/0")
    for _ in range(20):
        assert cache.get("anything") is None
        cache.set("anything", 1)
    assert hanging.callers() <= 2  # the client tries a connection twice
    assert [one.message.partition(" ")[0] for one in caplog.records] == ["cache.away"]


def test_after_a_pause_it_is_asked_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = caches["default"]
    kind = cache.client.get_client(write=True).connection_pool.connection_class
    monkeypatch.setattr(kind, "quiet_until", time.monotonic() + 3600)
    cache.set("greeting", "hello")
    assert cache.get("greeting") is None
    monkeypatch.setattr(kind, "quiet_until", time.monotonic() - 1)
    cache.set("greeting", "hello")
    assert cache.get("greeting") == "hello"
