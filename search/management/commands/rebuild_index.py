from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch import ApiError, TransportError

from search.indexing import draining, outbox, rebuilding, reconciling


class Command(BaseCommand):
    help = (
        "Builds the search index anew while readers and editors go on. Without Elasticsearch it "
        "repairs the tables of the database engine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--force", action="store_true", help="although another one seems to run"
        )

    def handle(
        self, *args: Any, dry_run: bool = False, force: bool = False, **options: Any
    ) -> None:
        try:
            if dry_run:
                self._plan()
            else:
                self._rebuild(force=force)
        except rebuilding.RebuildRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (ApiError, TransportError) as error:
            raise CommandError(f"Elasticsearch failed; nothing has changed: {error}") from error

    def _plan(self) -> None:
        if not outbox.is_used():
            self.stdout.write("There is no Elasticsearch: only entries would be compared.")
            return
        for name, value in rebuilding.plan().items():
            self.stdout.write(f"{name:>12}  {value}")

    def _rebuild(self, *, force: bool) -> None:
        changed = reconciling.repair_entries()
        self.stdout.write(f"{changed} entries were not as their pages and are now.")
        if not outbox.is_used():
            return
        done = rebuilding.rebuild(force=force, progress=self._progress)
        draining.drain(ignore_waits=True)
        self.stdout.write(
            f"{done.documents} documents are in {done.index} after {done.seconds:.1f} s."
        )

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total}")
