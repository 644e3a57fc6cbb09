"""The findings of the last look at each live artifact. All of it can be made anew."""

import hashlib

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PLACE_CHARS = 160


class Severity(models.IntegerChoices):
    """The lower the more pressing, so that lists begin with what matters."""

    ERROR = 1, _("Must be mended")
    WARNING = 2, _("Should be mended")
    ADVICE = 3, _("Worth a thought")


class Finding(models.Model):
    """One place that wants work. What is wrong and what to do about it stands with the rule."""

    page = models.ForeignKey(
        "catalog.Artifact", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    rule = models.CharField(max_length=40)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    # As the editor addresses a field: "body.<block>.steps.<row>".
    content_path = models.CharField(max_length=300)
    place = models.CharField(max_length=PLACE_CHARS, blank=True)
    # What exactly, where the rule alone does not say it: the parts that lack, the address.
    detail = models.CharField(max_length=500, blank=True)
    # Another artifact that it speaks of. Its title is never kept: not all may know of it.
    other = models.ForeignKey(
        "catalog.Artifact", null=True, on_delete=models.CASCADE, related_name="+"
    )
    found_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            models.Index(fields=["page", "rule"], name="governance_lint_page"),
            models.Index(fields=["rule", "page"], name="governance_lint_rule"),
            models.Index(fields=["severity", "page"], name="governance_lint_severity"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} on {self.page_id}"

    @property
    def edit_url(self) -> str:
        """The very block in the editor, by the mark that Wagtail's own usage report sets."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page_id])
        return f"{edit}#:w:contentpath={self.content_path}"

    @property
    def other_title(self) -> str:
        return self.other.title if self.other else ""


class Verdict(models.TextChoices):
    """What became of asking for an address."""

    ANSWERS = "answers", _("Answers")
    GONE = "gone", _("Does not exist any more")
    FAILS = "fails", _("Does not answer as it should")
    NOT_ASKED = "not-asked", _("Is not asked for")


def digest_of(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


class OutsideLink(models.Model):
    """An address outside of the portal that live artifacts lead to, and how it answers.

    ``failures`` counts the looks that failed since the last that did not.
    """

    digest = models.CharField(max_length=64, unique=True)
    address = models.TextField()
    seen_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=9, choices=Verdict.choices, blank=True)
    detail = models.CharField(max_length=120, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["looked_at"], name="governance_lint_outside_due")]

    def __str__(self) -> str:
        return self.address
