from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexing import draining


class Command(BaseCommand):
    help = "Sends what waits for Elasticsearch now, also what would wait longer."

    def handle(self, *args: Any, **options: Any) -> None:
        drained = draining.drain(ignore_waits=True)
        self.stdout.write(f"{drained.sent} sent, {drained.failed} could not be sent.")
        if drained.failed:
            raise CommandError("Not all could be sent. Run manage.py search_status to see why.")
