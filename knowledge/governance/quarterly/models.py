"""What became of a review: when it was planned, when it was done, and what was decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact


class ReviewRecord(models.Model):
    """Stands by itself: the artifact may be gone."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("Still holds")
        CHANGED = "changed", _("Changed and approved")
        ARCHIVED = "archived", _("Archived")
        SUPERSEDED = "superseded", _("Superseded")

    page = models.ForeignKey(Artifact, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    planned = models.DateField(null=True)
    actual = models.DateField(db_index=True)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    by_name = models.CharField(max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["actual", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.actual}: {self.decision}"
