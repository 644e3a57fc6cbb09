"""Stops asking an engine that does not answer, so that not every reader waits for it.

Closed: ask. After ``FAILURES`` failures in a row it opens: for ``PAUSE_SECONDS`` nobody
asks. Then one request tries; its success closes the breaker, its failure opens it again. The state
belongs to the process: it works when the cache is away too, and costs nothing.
"""

import threading
import time
from collections.abc import Callable

FAILURES = 3
PAUSE_SECONDS = 10.0


class Breaker:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        with self._lock:
            self._failures = 0
            self._opens_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES

    def may_ask(self) -> bool:
        """Whether to ask now. When the pause is over, only the first who asks hears yes."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._clock() < self._opens_again_at:
                return False
            self._pause()
            return True

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._pause()

    def succeeded(self) -> None:
        if self._failures:
            self.reset()

    def _pause(self) -> None:
        self._opens_again_at = self._clock() + PAUSE_SECONDS


elasticsearch = Breaker()
