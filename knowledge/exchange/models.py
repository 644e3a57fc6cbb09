"""What came from files, so that bringing it in again updates and never duplicates."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class SourceRecord(models.Model):
    """One page that was made from one file (or from an entry of one).

    ``file_digest`` is of the file as it was read, ``page_digest`` of the page as we left it
    (exchange/documents/fingerprint.py): a page that differs from it was changed by a person and is
    not written over. A record without a page stands for one that a person deleted; it stays so.
    """

    collection = models.CharField(max_length=200)
    ref = models.CharField(max_length=400)
    page = models.OneToOneField(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_digest = models.CharField(max_length=64, blank=True)
    page_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("source of a page")
        verbose_name_plural = _("sources of pages")
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "ref"], name="exchange_sourcerecord_ref_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection}: {self.ref}"
