"""Reviews that were put off, each time with a reason and a day."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from knowledge.catalog.models import Artifact

REASON_CHARS = 500


class ReviewSnooze(models.Model):
    """Of the review that was due on ``next_review``; a confirmed review begins anew.

    The page stays due for its readers. Only the reminders wait until ``until``.
    """

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="+")
    next_review = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=REASON_CHARS)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["page", "next_review"], name="governance_snooze_review")]

    def __str__(self) -> str:
        return f"{self.page_id} until {self.until}"
