"""That a variant may do without a gate of its standard, asked of the owner of the standard."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.governance.variants.models.variants import Variant

MAX_WORDS_CHARS = 1000
PERSON = settings.AUTH_USER_MODEL


class GateRequest(models.Model):
    """Kept for good. It is about this gate (``gate``) and what takes its place (``instead``)."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the owner of the standard")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="gate_requests")
    gate = models.CharField(max_length=32)
    instead = models.CharField(max_length=32)
    name = models.CharField(_("gate"), max_length=200)
    # The gate as it was asked about: the children of its block, and None for a gate that is gone.
    was = models.JSONField()
    becomes = models.JSONField(null=True)
    reason = models.CharField(_("reason"), max_length=MAX_WORDS_CHARS)
    asked_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    word = models.CharField(_("answer"), max_length=MAX_WORDS_CHARS, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "gate", "instead"],
                condition=~Q(state="refused"),
                name="variants_gate_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.name} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
