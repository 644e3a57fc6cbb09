"""Gives a new installation its first synonyms."""

from typing import Any

from django.core.management.base import BaseCommand

from search.language import starting


class Command(BaseCommand):
    help = "Load fixtures/synonyms.yaml into an empty list of synonyms. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        added = starting.load()
        if options["verbosity"]:
            self.stdout.write(f"{added} sets of synonyms added.")
