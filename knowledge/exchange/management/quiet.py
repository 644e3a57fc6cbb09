"""Commands that write hundreds of pages and have something to say themselves."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_TALKATIVE = ("wagtail", "django_tasks")


@contextmanager
def quiet(verbosity: int) -> Iterator[None]:
    """Without a line for every save, unless more is asked for."""
    if verbosity > 1:
        yield
        return
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)
