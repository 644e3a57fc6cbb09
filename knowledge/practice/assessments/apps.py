from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "knowledge.practice.assessments"
    label = "practice_assessments"
    verbose_name = _("Assessments")
