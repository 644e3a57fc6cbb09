from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LintConfig(AppConfig):
    name = "knowledge.governance.lint"
    label = "governance_lint"
    verbose_name = _("Checks of content")

    def ready(self) -> None:
        from knowledge.governance.lint import signal_handlers

        signal_handlers.connect()
