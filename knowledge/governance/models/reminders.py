"""Which reminders of a review have been sent, so that none is sent twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact


class ReviewReminder(models.Model):
    """A person was told that this review is in this stage. A new review date begins anew."""

    class Stage(models.TextChoices):
        SOON = "soon", _("Due soon")
        DUE = "due", _("Due")
        STALE = "stale", _("Long overdue")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="+")
    next_review = models.DateField()
    stage = models.CharField(max_length=5, choices=Stage.choices)
    sent_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "next_review", "stage"],
                name="governance_reminder_once",
            )
        ]
        indexes = [models.Index(fields=["person", "sent_on"], name="governance_reminder_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.stage}"
