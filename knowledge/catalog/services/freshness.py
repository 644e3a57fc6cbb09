"""One stamp for everything that readers see; caches of rendered pages hang on it.

Whatever changes what a reader may see (publishing, moving, rights, taxonomy) replaces the stamp
when its transaction commits, and every cached page is out of date at once, in every process.
Coarse on purpose: a library changes a few times an hour and is read thousands of times.

While the cache server is away nothing is kept, and nobody can be told of a change. Whoever has
noticed that replaces the stamp as soon as the server answers again, because what was kept before
may have been closed meanwhile.
"""

import secrets
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

CACHE_KEY = "freshness"
# Long enough to be no reason of its own for a cold cache.
KEEP_SECONDS = 30 * 24 * 3600
MAX_KEPT = 2000

_T = TypeVar("_T")
# Set while this process owes the cache server a new stamp.
_missed = threading.Event()
_held: ContextVar[str | None] = ContextVar("held_stamp", default=None)


def current() -> str:
    """The stamp of today; empty when the cache cannot be reached, and then nothing may be cached.

    The day is part of it, because a review falls due at midnight without anybody's doing.
    """
    if _missed.is_set():
        _replace()
    stamp = cache.get(CACHE_KEY)
    if stamp is None:
        cache.add(CACHE_KEY, secrets.token_hex(8), KEEP_SECONDS)
        stamp = cache.get(CACHE_KEY)
    if not stamp:
        _missed.set()
        return ""
    return f"{stamp}:{timezone.localdate().toordinal()}"


def bump() -> None:
    """Replace the stamp once the running transaction commits; at once outside of one."""
    transaction.on_commit(_replace)


def _replace() -> None:
    before = cache.get(CACHE_KEY)
    cache.set(CACHE_KEY, secrets.token_hex(8), KEEP_SECONDS)
    # A cache server that is away swallows what it is told; another change may have come between.
    if cache.get(CACHE_KEY) in (None, before):
        _missed.set()
    else:
        _missed.clear()


def kept(key: Hashable, make: Callable[[], _T]) -> _T:
    """What ``make`` gives, remembered by this process until the stamp changes.

    For small things that nearly every request asks for. Nobody may change what is returned.
    """
    held = _held.get()
    stamp = current() if held is None else held
    if not stamp:
        return make()
    box = _box(key, stamp)
    if not box:
        # Two threads may both make it; the second answer is as good.
        box.append(make())
    return box[0]


@contextmanager
def one_look() -> Iterator[None]:
    """Within this, everything that is kept goes by one look at the stamp, that of the beginning.

    For an answer that is put together from several such things: each look goes to the cache server.
    """
    token = _held.set(current())
    try:
        yield
    finally:
        _held.reset(token)


@lru_cache(maxsize=MAX_KEPT)
def _box(_key: Hashable, _stamp: str) -> list[Any]:
    return []
