"""Redis accepts and never answers: the first question waits, the others do not."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django_redis.cache import RedisCache

from portal import patient_redis

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
def hanging() -> Iterator[str]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_only_the_first_question_waits(hanging: str) -> None:
    cache = cache_at(hanging)
    started = time.monotonic()
    for _ in range(20):
        assert cache.get("anything") is None
        cache.set("anything", 1)
    assert time.monotonic() - started < 5 * LIMIT_SECONDS


def test_after_a_pause_it_is_asked_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient_redis, "PAUSE_SECONDS", LIMIT_SECONDS)
    cache = caches["default"]
    kind = cache.client.get_client(write=True).connection_pool.connection_class
    monkeypatch.setattr(kind, "quiet_until", time.monotonic() + LIMIT_SECONDS)
    cache.set("greeting", "hello")
    assert cache.get("greeting") is None
    time.sleep(LIMIT_SECONDS)
    cache.set("greeting", "hello")
    assert cache.get("greeting") == "hello"
