"""Counts of this process until they are written, some twenty seconds later, in one statement.

Counting is an addition in memory, so that a page from the page cache costs no more than before. A
process that is killed loses what it has counted since it last wrote; one that is stopped writes it.
"""

import logging
import threading
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from knowledge.governance.measures.recording import writing

log = logging.getLogger(__name__)
# Artifact and day and what. When the database is away for long: what is new is not counted.
MAX_KEYS = 20_000
Key = tuple[int, date, str]


class _Counts:
    def __init__(self) -> None:
        self.waiting: dict[Key, int] = {}
        self.timer: threading.Timer | None = None
        self.changing = threading.Lock()
        # Held while writing, so that what could not be written is put back before the next try.
        self.writing = threading.Lock()


_counts = _Counts()


def note(page_id: int, what: str) -> None:
    """One more. Never raises and never waits for anything outside of this process."""
    if not settings.PORTAL_USAGE_COUNTS:
        return
    key = (page_id, timezone.localdate(), what)
    with _counts.changing:
        if key in _counts.waiting or len(_counts.waiting) < MAX_KEYS:
            _counts.waiting[key] = _counts.waiting.get(key, 0) + 1
        if _counts.timer is None and settings.PORTAL_USAGE_WRITE_SECONDS:
            _counts.timer = threading.Timer(settings.PORTAL_USAGE_WRITE_SECONDS, _on_time)
            _counts.timer.daemon = True
            _counts.timer.start()


def flush() -> int:
    """Write what waits; how much was counted. A second call at the same time finds nothing.

    Raises:
        DatabaseError: nothing was written; all of it waits on.
    """
    with _counts.writing:
        with _counts.changing:
            taken, _counts.waiting = _counts.waiting, {}
        try:
            writing.add(taken)
        except DatabaseError:
            with _counts.changing:
                for key, count in taken.items():
                    _counts.waiting[key] = _counts.waiting.get(key, 0) + count
            raise
    return sum(taken.values())


def flush_quietly() -> None:
    """For the end of the process and for the timer: nobody is there to hear of an error."""
    try:
        if _counts.waiting:
            flush()
    except DatabaseError as error:
        log.warning("usage.not_written: %s", type(error).__name__)


def forget() -> None:
    """Drop what waits."""
    with _counts.changing:
        _counts.waiting = {}


def _on_time() -> None:
    with _counts.changing:
        _counts.timer = None
    try:
        flush_quietly()
    finally:
        # The thread ends here, and its connection with it.
        connections.close_all()
