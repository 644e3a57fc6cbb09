"""What readers say about an artifact; it reaches the owner."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact

MAX_TEXT_CHARS = 2000


class Feedback(models.Model):
    class Sort(models.TextChoices):
        HELPFUL = "helpful", _("Helpful")
        NOT_HELPFUL = "not-helpful", _("Not helpful")
        SUGGESTION = "suggestion", _("Suggested change")
        RUN = "run", _("A step failed in a run")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="feedback")
    version = models.CharField(_("version"), max_length=12)
    sort = models.CharField(_("sort"), max_length=12, choices=Sort.choices)
    text = models.TextField(_("text"), blank=True, max_length=MAX_TEXT_CHARS)
    # Of a run: the step that failed. While one is open, the same step of the version opens no other.
    cause = models.CharField(_("cause"), max_length=300, blank=True, editable=False)
    # Empty: the reader was not logged in.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.OPEN, db_index=True
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    # When the owner was told; empty: still to do, or nothing to tell ("helpful" without words).
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "version", "cause"],
                condition=models.Q(state="open") & ~models.Q(cause=""),
                name="governance_feedback_cause_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()}: {self.page}"
