"""Counts of an artifact and a day. No row knows a person, an address or a session."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact


class Usage(models.Model):
    """After ``PORTAL_USAGE_DAILY_DAYS`` the days of a month are one row, of its first day."""

    class What(models.TextChoices):
        VIEW = "view", _("Page view")
        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word document")
        MARKDOWN = "md", _("Markdown")
        JSON = "json", _("JSON")

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    what = models.CharField(max_length=12, choices=What.choices)
    count = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "day", "what"], name="governance_usage_once")
        ]
        indexes = [models.Index(fields=["day", "page"], name="governance_usage_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day} {self.what}"
