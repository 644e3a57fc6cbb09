"""The audit: one row for everything that was done. Rows are added, never changed, never deleted."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.QuerySet):
    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("The audit is only added to.")

    update = delete = bulk_update = update_or_create = _refuse  # type: ignore[assignment]  # refused


class AuditEntry(models.Model):
    """Stands by itself: the person, the page and the revision that it names may be gone."""

    class Source(models.TextChoices):
        PAGE = "page", _("Pages")
        MODEL = "model", _("Settings and vocabularies")
        RUN = "run", _("Runs")
        RIGHTS = "rights", _("Rights")

    source = models.CharField(_("area"), max_length=6, choices=Source.choices)
    # The row of Wagtail's log or of a run's log that it tells of; empty for what has no other log.
    source_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("when"))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("who"), max_length=200, blank=True)  # as it was
    action = models.CharField(_("action"), max_length=255)
    object_type = models.CharField(_("type"), max_length=100)  # app.model
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(_("object"), max_length=255)
    # Place in the page tree at that time; of a run that of its artifact.
    path = models.CharField(max_length=255, blank=True, db_index=True)
    revision_id = models.BigIntegerField(null=True, db_index=True)
    version = models.CharField(_("version"), max_length=12, blank=True)
    # Triples: name of the field, before, after; in words.
    changes = models.JSONField(default=list)
    # Pairs: what else is known, such as the comment of an approval.
    facts = models.JSONField(default=list)
    address = models.CharField(_("from"), max_length=45, blank=True)

    objects = AppendOnly.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the audit")
        verbose_name_plural = _("entries of the audit")
        default_permissions = ()
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="governance_audit_once")
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="governance_audit_newest"),
            models.Index(fields=["action", "-at"], name="governance_audit_action"),
            models.Index(fields=["object_type", "object_id"], name="governance_audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An entry of the audit is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An entry of the audit is never deleted.")
