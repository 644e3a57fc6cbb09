from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WeighingConfig(AppConfig):
    name = "knowledge.practice.weighing"
    label = "practice_weighing"
    verbose_name = _("Weighted decisions")
