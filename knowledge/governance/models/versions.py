"""A version is a published revision with a number that people can quote."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from knowledge.catalog.models import Artifact


class Version(models.Model):
    """Numbers are major.minor and unique for an artifact; the revision keeps the content."""

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="versions")
    number = models.CharField(_("number"), max_length=12)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="governance_version_once"),
            models.UniqueConstraint(
                fields=["page", "revision"], name="governance_version_revision_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"
