"""``manage.py import_markdown``: a folder of Markdown into the tree, safe to run again."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge.catalog.errors import KnowledgeError
from knowledge.exchange.imports import run
from knowledge.exchange.management.quiet import quiet


class Command(BaseCommand):
    help = (
        "Import a folder of Markdown below a category or section. Folders become sections, files "
        "pages; links between files become page links, pictures images. Running it again updates "
        "what changed in the files, never makes a page twice, and never writes over a page that "
        "a person has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="The folder to import.")
        parser.add_argument(
            "--under", required=True, help="Where to, such as operations or operations/handbook."
        )
        parser.add_argument("--dry-run", action="store_true", help="Only tell what would be done.")
        parser.add_argument("--by", default="", help="Login of the person who imports.")
        parser.add_argument(
            "--owner", default="", help="user:NAME or group:NAME, for files that name no owner."
        )
        parser.add_argument("--report", type=Path, help="Write the whole report to this JSON file.")
        parser.add_argument(
            "--collection",
            default="",
            help="Name of this source, when its folder is called differently than last time.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].resolve()
        if not folder.is_dir():
            raise CommandError(f"{options['folder']} is no folder.")
        settings = run.Options(
            folder=folder,
            under=options["under"],
            by=self._person(options["by"]),
            is_dry_run=options["dry_run"],
            owner=options["owner"],
            collection=options["collection"],
        )
        try:
            with quiet(options["verbosity"]):
                report = run.run(settings)
        except (KnowledgeError, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        if options["report"]:
            options["report"].write_text(report.as_json(), encoding="utf-8")
        self.stdout.write(report.as_text(verbose=options["verbosity"] > 1))

    def _person(self, username: str) -> Any:
        people = get_user_model().objects.filter(is_active=True)
        if username:
            person = people.filter(username=username).first()
            if person is None:
                raise CommandError(f"There is no active person with the login “{username}”.")
            return person
        person = people.filter(is_superuser=True).order_by("pk").first()
        if person is None:
            raise CommandError("Say with --by who imports: a login that may add and publish pages.")
        return person
