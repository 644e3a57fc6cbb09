from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "knowledge.practice.programs"
    label = "practice_programs"
    verbose_name = _("Programs")
