"""``manage.py load_demo``: the demo content, safe to run again."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from knowledge.exchange.demo import loader
from knowledge.exchange.errors import ContentError
from knowledge.exchange.management.quiet import quiet

# Known to everyone who reads this: good for a demo on one's own machine only.
DEMO_PASSWORD = "portal-demo-login"  # noqa: S105 - printed at every run


class Command(BaseCommand):
    help = (
        "Load the taxonomy, the demo people and the demo content. Running it again updates what "
        "changed in the files and keeps what people changed in the portal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only validate; change nothing.")
        parser.add_argument(
            "--root",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="The folder with taxonomy.yaml, demo/ and media/.",
        )
        parser.add_argument(
            "--password", default=os.environ.get("PORTAL_DEMO_PASSWORD", ""), help="Of new logins."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"]
        if not password and settings.SESSION_COOKIE_SECURE:
            raise CommandError(
                "This is a production configuration: give the demo logins a password of your own "
                "with --password or PORTAL_DEMO_PASSWORD."
            )
        try:
            with quiet(options["verbosity"]):
                outcome = loader.load(
                    root=options["root"],
                    password=password or DEMO_PASSWORD,
                    now=timezone.now(),
                    check=options["check"],
                    tell=self._tell(options["verbosity"]),
                )
        except ContentError as error:
            raise CommandError(str(error)) from error
        self._report(outcome, password or DEMO_PASSWORD, is_check=options["check"])

    def _tell(self, verbosity: int) -> Any:
        return self.stdout.write if verbosity > 1 else lambda _ref: None

    def _report(self, outcome: loader.Outcome, password: str, *, is_check: bool) -> None:
        if is_check:
            for problem in outcome.problems:
                self.stderr.write(str(problem))
            if outcome.problems:
                raise CommandError(f"{len(outcome.problems)} faults; nothing was changed.")
            total = len(outcome.created) + len(outcome.updated) + outcome.unchanged
            self.stdout.write(self.style.SUCCESS(f"{total} pages are sound; nothing was changed."))
            return
        self.stdout.write(
            f"{len(outcome.created)} pages created, {len(outcome.updated)} updated, "
            f"{outcome.unchanged} unchanged, {len(outcome.kept)} kept as people left them."
        )
        for ref in outcome.kept:
            self.stdout.write(f"  kept: {ref}")
        self.stdout.write(self.style.SUCCESS("Demo logins:"))
        for login in outcome.logins:
            shown = password if login.is_new else "(as set before)"
            self.stdout.write(f"  {login.username:<14} {shown:<20} {login.role}")
