"""What readers say about an artifact; it reaches the owner."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact

MAX_TEXT_CHARS = 2000
MAX_QUOTE_CHARS = 500


class Feedback(models.Model):
    class Sort(models.TextChoices):
        HELPFUL = "helpful", _("Helpful")
        NOT_HELPFUL = "not-helpful", _("Not helpful")
        SUGGESTION = "suggestion", _("Suggested change")
        RUN = "run", _("A step failed in a run")
        DOUBT = "doubt", _("A step is said to be wrong")

    # What the runs say, and no reader.
    OF_RUNS = (Sort.RUN, Sort.DOUBT)

    class Reason(models.TextChoices):
        OUTDATED = "outdated", _("It is out of date")
        WRONG = "wrong", _("Something in it is wrong")
        UNCLEAR = "unclear", _("It is hard to understand")
        INCOMPLETE = "incomplete", _("Something is missing")
        NOT_MINE = "not-mine", _("It does not fit my case")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="feedback")
    version = models.CharField(_("version"), max_length=12)
    sort = models.CharField(_("sort"), max_length=12, choices=Sort.choices)
    text = models.TextField(_("text"), blank=True, max_length=MAX_TEXT_CHARS)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    # The passage that is meant, kept as words: it may be changed or gone by the time of the answer.
    quote = models.TextField(_("passage"), blank=True, max_length=MAX_QUOTE_CHARS)
    anchor = models.CharField(max_length=80, blank=True, editable=False)
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
    answer = models.TextField(
        _("answer"),
        blank=True,
        max_length=MAX_TEXT_CHARS,
        help_text=_(
            "The person who wrote reads it. Of what is done, all readers read it too, under “What"
            " changed because of you”."
        ),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_in = models.CharField(
        _("done in version"),
        max_length=12,
        blank=True,
        help_text=_("Empty: the version that is live."),
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
