from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CopiesConfig(AppConfig):
    name = "knowledge.practice.copies"
    label = "practice_copies"
    verbose_name = _("Filled templates")
