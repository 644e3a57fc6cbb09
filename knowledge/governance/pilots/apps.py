from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    name = "knowledge.governance.pilots"
    label = "governance_pilots"
    verbose_name = _("Pilots")
