"""A dated task that follows from the cadence of an artifact."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact

NAME_CHARS = 200
NOTE_CHARS = 2000


class RecurringTask(models.Model):
    """``name`` is that of the meeting or review in the artifact. Of each there is one open task."""

    artifact = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="recurring_tasks")
    name = models.CharField(max_length=NAME_CHARS)
    purpose = models.CharField(max_length=255, blank=True)
    role = models.CharField(max_length=120, blank=True)
    every_days = models.PositiveIntegerField()
    due = models.DateField(_("due"))
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What came of it, for the next time.
    note = models.TextField(blank=True, max_length=NOTE_CHARS)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["artifact", "name", "due"], name="practice_cadence_day_once"
            ),
            models.UniqueConstraint(
                fields=["artifact", "name"],
                condition=models.Q(done_at__isnull=True),
                name="practice_cadence_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.due}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None
