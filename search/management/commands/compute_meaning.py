"""Computes the vectors of all passages that have none, now instead of bit by bit in the worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexing import computing, draining


class Command(BaseCommand):
    help = "Computes what passages mean, for search by meaning; goes on where it was stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        if not computing.is_used():
            raise CommandError(
                "Search by meaning is off: set SEARCH_VECTORS_ENABLED=true and install"
                " requirements/meaning.txt with --no-deps."
            )
        total = computing.due()
        done = computing.compute(
            progress=lambda number: self.stdout.write(f"{number} of {total} artifacts")
        )
        draining.drain()
        self.stdout.write(self.style.SUCCESS(f"Computed {done} artifacts."))
