"""Which reminders of waiting steps have been sent, so that none is sent twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.governance.reviewing.models.assignments import Assignment


class Chaser(models.Model):
    """A person was told that this step is in this stage. Another due day begins anew."""

    class Stage(models.TextChoices):
        SOON = "soon", _("Due soon")
        OVER = "over", _("Overdue")
        LONG = "long", _("Long overdue in your section")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    stage = models.CharField(max_length=4, choices=Stage.choices)
    sent_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "assignment", "due_on", "stage"], name="reviewing_chaser_once"
            )
        ]
        indexes = [models.Index(fields=["person", "sent_on"], name="reviewing_chaser_day")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.stage}"
