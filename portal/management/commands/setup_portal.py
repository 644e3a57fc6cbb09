"""Prepare an empty installation."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.crypto import get_random_string

from knowledge.governance.kpis.services import standard
from knowledge.governance.services import site
from search.language import starting


class Command(BaseCommand):
    help = (
        "Make the home page, the groups with their rights, the default workflow, the first synonyms and "
        "indicators; with "
        "--administrator also the first account. Safe to repeat: what is there is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--title", default="Playbooks", help="Title of the home page.")
        parser.add_argument("--administrator", metavar="EMAIL", help="E-mail of the first account.")

    def handle(self, *args: object, **options: str) -> None:
        home = site.ensure_home(title=options["title"])
        self.stdout.write(self.style.SUCCESS(f"Home page: {home.title}"))
        starting.load()
        standard.ensure()
        if options["administrator"]:
            self._administrator(options["administrator"])

    def _administrator(self, email: str) -> None:
        user_model = get_user_model()
        if "@" not in email:
            raise CommandError("--administrator wants an e-mail address.")
        if user_model.objects.filter(email__iexact=email).exists():
            self.stdout.write(f"{email} has an account already.")
            return
        password = get_random_string(20)
        user_model.objects.create_superuser(email.split("@")[0], email, password)
        self.stdout.write(f"Account {email.split('@')[0]}, password {password} (change it now).")
