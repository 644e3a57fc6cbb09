"""What was decided about one change of the standard."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.governance.variants.models.variants import Variant

MAX_REASON_CHARS = 1000


class Answer(models.Model):
    """It holds as long as the standard says in that part what it said then (``said``)."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Taken over")
        DECLINED = "declined", _("Declined")

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="answers")
    # The id of the part, or that it is about the order of all of them.
    part = models.CharField(max_length=64)
    said = models.CharField(max_length=32)
    label = models.CharField(_("part"), max_length=255)
    # The version of the standard that was shown.
    version = models.CharField(_("version"), max_length=12)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices)
    reason = models.CharField(_("reason"), max_length=MAX_REASON_CHARS, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "part", "said"], name="variants_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.label} {self.decision}"
