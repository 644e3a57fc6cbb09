"""Handing work to the queue without waiting for a broker that is away.

What must not be lost stands in the database before it is handed over, and is found there by a task
that runs every few minutes; so a broker that is away costs time, never work.
"""

import logging
import time
from typing import Any

from celery import Task

log = logging.getLogger(__name__)

PAUSE_SECONDS = 10.0
_OPTIONS = {"max_retries": 0, "socket_connect_timeout": 0.3, "socket_timeout": 0.3}


class _Broker:
    """Remembers that the broker did not answer, so that not every change waits for it again."""

    quiet_until = 0.0


def hand_over(task: Task, *args: Any) -> bool:
    """Whether the queue took ``task``, within half a second or so whatever the broker does."""
    if task.app.conf.task_always_eager:
        task.apply_async(args)
        return True
    if time.monotonic() < _Broker.quiet_until:
        return False
    try:
        # A producer of Celery's pool tries for seconds, and waits for an answer without a limit.
        broker = task.app.connection_for_write()
        options = {**(broker.transport_options or {}), **_OPTIONS}
        with broker.clone(transport_options=options) as once:
            task.apply_async(args, connection=once, retry=False)
    except Exception as error:  # noqa: BLE001 - whatever it raises, the work is kept
        _Broker.quiet_until = time.monotonic() + PAUSE_SECONDS
        log.warning("queue.not_taken task=%s: %s", task.name, error)
        return False
    return True
