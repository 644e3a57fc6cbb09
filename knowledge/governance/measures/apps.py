import atexit

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "knowledge.governance.measures"
    label = "governance_measures"
    verbose_name = _("Figures of use")

    def ready(self) -> None:
        from knowledge.governance.measures.recording import counter

        # A server that is stopped in order writes what it has counted.
        atexit.register(counter.flush_quietly)
