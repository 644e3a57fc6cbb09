from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SectionsConfig(AppConfig):
    name = "knowledge.governance.sections"
    label = "governance_sections"
    verbose_name = _("Sections")

    def ready(self) -> None:
        from knowledge.governance.sections import signal_handlers

        signal_handlers.connect()
