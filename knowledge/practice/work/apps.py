from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "knowledge.practice.work"
    label = "practice_work"
    verbose_name = _("My work")
