from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "knowledge.governance.audit"
    label = "governance_audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from knowledge.governance.audit import checks, signal_handlers  # noqa: F401 - registers

        signal_handlers.connect()
