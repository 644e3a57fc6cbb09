"""The encoder: says what questions mean, for all web processes."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexing import computing
from search.meaning import asking


class Command(BaseCommand):
    help = "Runs the encoder of questions until it is told to stop. One process serves a site."

    def handle(self, *args: Any, **options: Any) -> None:
        if not computing.is_used():
            raise CommandError(
                "Search by meaning is off: set SEARCH_VECTORS_ENABLED=true and install"
                " requirements/meaning.txt with --no-deps."
            )
        stopped: list[int] = []
        signal.signal(signal.SIGTERM, lambda number, _frame: stopped.append(number))
        self.stdout.write("Answering.")
        try:
            asking.answer_forever(stop=lambda: bool(stopped))
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
