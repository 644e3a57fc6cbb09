from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AcknowledgingConfig(AppConfig):
    name = "knowledge.governance.acknowledging"
    label = "governance_acknowledging"
    verbose_name = _("Confirmations of reading")

    def ready(self) -> None:
        from knowledge.governance.acknowledging import demands

        demands.connect()
