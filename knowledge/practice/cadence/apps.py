from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CadenceConfig(AppConfig):
    name = "knowledge.practice.cadence"
    label = "practice_cadence"
    verbose_name = _("Cadence")

    def ready(self) -> None:
        from knowledge.practice.cadence import signal_handlers

        signal_handlers.connect()
