from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamSectionsConfig(AppConfig):
    name = "knowledge.governance.team_sections"
    label = "governance_team_sections"
    verbose_name = _("Sections of teams")

    def ready(self) -> None:
        from knowledge.governance.team_sections import signal_handlers

        signal_handlers.connect()
