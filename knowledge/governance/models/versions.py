"""A version is a published revision with a number that people can quote."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.deletion import CASCADE, Collector, ProtectedError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from knowledge.catalog.models import Artifact


def keep_while_page_stands(
    collector: Collector, field: models.Field, sub_objs: Any, using: str
) -> None:
    """A numbered revision goes only together with its page.

    PROTECT would forbid deleting the page, and Wagtail's ``purge_revisions`` goes on after a
    ProtectedError but not after the error of RESTRICT.
    """
    going = {
        page.pk
        for model, pages in collector.data.items()
        if issubclass(model, Page)
        for page in pages
    }
    kept = {version for version in sub_objs if version.page_id not in going}
    if kept:
        raise ProtectedError("A published version is kept as long as its page.", kept)
    CASCADE(collector, field, sub_objs, using)


class Version(models.Model):
    """Numbers are major.minor and unique for an artifact; the revision keeps the content."""

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="versions")
    number = models.CharField(_("number"), max_length=12)
    revision = models.ForeignKey(Revision, on_delete=keep_while_page_stands, related_name="+")
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-published_at", "-pk"]
        permissions = [("view_audit", _("Can read the audit of the whole portal"))]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="governance_version_once"),
            models.UniqueConstraint(
                fields=["page", "revision"], name="governance_version_revision_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"
