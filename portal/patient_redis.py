"""A cache server that hangs costs one wait in a while, not one for each question of each page.

A refused connection costs nothing; one that is accepted and never answered costs the whole time
limit, and a page asks the cache twenty times.
"""

import logging
import time
from typing import Any, ClassVar

from django_redis.pool import ConnectionFactory
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

log = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0


class _Patient:
    """Mixed into the connection class of a pool; the pool's connections share ``quiet_until``."""

    quiet_until: ClassVar[float] = 0.0

    def connect(self) -> None:
        """Called before every command, connected or not."""
        if time.monotonic() < self.quiet_until:
            raise NoConnection("It did not answer a moment ago.")
        try:
            super().connect()  # type: ignore[misc]  # of the class it is mixed into
        except (NoConnection, NoAnswer) as error:
            self._pause(error)
            raise

    def read_response(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().read_response(*args, **kwargs)  # type: ignore[misc]  # as above
        except NoAnswer as error:
            self._pause(error)
            raise

    def _pause(self, error: Exception) -> None:
        if time.monotonic() >= self.quiet_until:
            log.warning("cache.away not asked for %s s: %s", PAUSE_SECONDS, error)
        type(self).quiet_until = time.monotonic() + PAUSE_SECONDS


class PatientConnections(ConnectionFactory):
    """For DJANGO_REDIS_CONNECTION_FACTORY."""

    def get_connection_pool(self, params: dict[str, Any]) -> Any:
        pool = super().get_connection_pool(params)
        base = pool.connection_class
        pool.connection_class = type(f"Patient{base.__name__}", (_Patient, base), {})
        return pool
