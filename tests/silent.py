"""A server that takes every connection and never says a word."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


class Silent:
    """Counts who came instead of the seconds that they waited: a slow machine changes nothing."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._taken: list[socket.socket] = []

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    def callers(self) -> int:
        """How many connections were made until now."""
        while True:
            try:
                self._taken.append(self._server.accept()[0])
            except BlockingIOError:
                return len(self._taken)

    def close(self) -> None:
        self.callers()
        for caller in self._taken:
            caller.close()


@contextmanager
def silent_server() -> Iterator[Silent]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(100)  # the kernel lets them in; they are fetched when they are counted
        server.setblocking(False)
        silent = Silent(server)
        yield silent
        silent.close()
