from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VariantsConfig(AppConfig):
    name = "knowledge.governance.variants"
    label = "governance_variants"
    verbose_name = _("Variants of standards")

    def ready(self) -> None:
        from knowledge.governance.variants import signal_handlers

        signal_handlers.connect()
