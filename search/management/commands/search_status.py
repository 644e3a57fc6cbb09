from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import health
from search.indexing import reconciling
from search.models import OutboxRow

SHOWN_FAULTS = 10


class Command(BaseCommand):
    help = "Says how search is doing: engine, index, what waits to be sent and for how long."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--drift", action="store_true", help="also compare every document (takes longer)"
        )

    def handle(self, *args: Any, drift: bool = False, **options: Any) -> None:
        found = health.report()
        for name, value in found.items():
            shown = ", ".join(value) if isinstance(value, list) else value
            self.stdout.write(f"{name:>16}  {shown}")
        if drift and "documents" in found:
            self.stdout.write(f"{'drifted':>16}  {len(reconciling.drift())}")
        for row in OutboxRow.objects.exclude(last_error="").order_by("-attempts")[:SHOWN_FAULTS]:
            self.stdout.write(f"  page {row.page_id}, tried {row.attempts}x: {row.last_error}")
