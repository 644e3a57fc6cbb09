from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "knowledge.governance"
    label = "governance"
    verbose_name = _("Governance")

    def ready(self) -> None:
        from knowledge.governance import signal_handlers

        signal_handlers.connect()
