from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuarterlyConfig(AppConfig):
    name = "knowledge.governance.quarterly"
    label = "governance_quarterly"
    verbose_name = _("Governance report")

    def ready(self) -> None:
        from knowledge.governance.quarterly import records
        from knowledge.governance.signals import restored, reviewed

        reviewed.connect(records.keep, dispatch_uid="governance_quarterly.keep")
        restored.connect(records.take_back, dispatch_uid="governance_quarterly.take_back")
