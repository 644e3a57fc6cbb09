from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    name = "knowledge.governance.overview"
    label = "governance_overview"
    verbose_name = _("Overview")
