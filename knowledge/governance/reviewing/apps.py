from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    name = "knowledge.governance.reviewing"
    label = "governance_reviewing"
    verbose_name = _("Reviewing")

    def ready(self) -> None:
        from knowledge.governance.reviewing import signal_handlers

        signal_handlers.connect()
