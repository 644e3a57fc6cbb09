from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamsConfig(AppConfig):
    name = "knowledge.practice.teams"
    label = "practice_teams"
    verbose_name = _("Teams")

    def ready(self) -> None:
        from knowledge.practice.teams import signal_handlers

        signal_handlers.connect()
