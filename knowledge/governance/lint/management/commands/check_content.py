from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.governance.lint import services


class Command(BaseCommand):
    help = "Check the content of every live artifact anew, as the daily round does."

    def handle(self, *args: Any, **options: Any) -> None:
        found = services.check_all(now=timezone.now())
        self.stdout.write(f"{found} findings.")
