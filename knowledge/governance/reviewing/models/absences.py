"""Who stands in for whom, and when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Absence(models.Model):
    """Both days are included; days of the site's time zone."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["first_day", "pk"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="reviewing_absence_days"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")), name="reviewing_absence_somebody_else"
            ),
        ]
        indexes = [models.Index(fields=["deputy", "last_day"], name="reviewing_absence_deputy")]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"
