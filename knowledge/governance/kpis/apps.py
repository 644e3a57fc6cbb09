from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpisConfig(AppConfig):
    name = "knowledge.governance.kpis"
    label = "governance_kpis"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from knowledge.catalog.services import freshness
        from knowledge.governance.kpis.models import Kpi
        from knowledge.governance.kpis.selectors import readings
        from templates_lib.metrics import live

        live.use(readings.public_figures)

        def renew(**_kwargs: Any) -> None:
            """A definition stands on pages that are kept for everybody."""
            freshness.bump()

        for signal in (post_save, post_delete):
            signal.connect(renew, sender=Kpi, weak=False, dispatch_uid="governance_kpis.renew")
