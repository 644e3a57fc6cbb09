"""Where rows wait for the database: a list in Redis that a task empties twice a minute.

Without Redis there is no worker either, and a row is written at once, after the reader has the
answer. When Redis is away the rows of that time are lost; no search ever waits for its log.
"""

import json
from contextlib import suppress
from typing import Any, cast

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django_redis import get_redis_connection
from redis import Redis
from redis.exceptions import LockError

from search.insight import writing
from search.insight.recording.readers import CACHE

BATCH = 500
# Should nobody empty the list: about 25 MB, and the oldest rows go.
MAX_WAITING = 50_000
# One run; the lock outlives the task (its limits are in tasks.py).
MAX_BATCHES = 100
LOCK_SECONDS = 120


def put(row: dict[str, Any]) -> None:
    """Keep the row until it is written.

    Raises:
        RedisError: Redis is away.
        DatabaseError: there is no Redis, and the database is busy or away.
    """
    if not settings.REDIS_URL:
        writing.write([row])
        _forget_once_a_day()
        return
    pipe = _redis().pipeline(transaction=False)
    pipe.rpush(_name("waiting"), json.dumps(row))
    pipe.ltrim(_name("waiting"), -MAX_WAITING, -1)
    pipe.execute()


def flush() -> int:
    """Write what waits; how many rows that were. A batch goes from the list when it is written.

    Raises:
        OperationalError: the database is away; everything waits on.
    """
    if not settings.REDIS_URL:
        return 0
    redis, name, written = _redis(), _name("waiting"), 0
    lock = redis.lock(_name("flushing"), timeout=LOCK_SECONDS)
    if not lock.acquire(blocking=False):
        return 0
    try:
        for _ in range(MAX_BATCHES):
            batch = cast(list[bytes], redis.lrange(name, 0, BATCH - 1))
            if not batch:
                break
            written += writing.write([json.loads(row) for row in batch])
            redis.ltrim(name, len(batch), -1)
    finally:
        with suppress(LockError):
            lock.release()
    return written


def _forget_once_a_day() -> None:
    """Nobody else does it where there is no worker."""
    now = timezone.now()
    if caches[CACHE].add(f"search_log:forgotten:{now.date()}", True, 24 * 3600):
        writing.forget(older_than_days=settings.PORTAL_SEARCH_LOG_DAYS, now=now)


def _redis() -> Redis:
    return get_redis_connection(CACHE)


def _name(what: str) -> str:
    return f"{caches[CACHE].key_prefix}:search_log:{what}"
