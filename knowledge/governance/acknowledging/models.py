from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.catalog.models import Artifact, CategoryPage, SectionPage


class Demand(models.Model):
    """All artifacts below ``section`` are to be confirmed as read by the members of ``groups``.

    A demand of a section inside takes its place there.
    """

    section = models.OneToOneField(
        Page,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("A section or a category. It holds for all artifacts in it and below it."),
    )
    groups = models.ManyToManyField(
        Group,
        verbose_name=_("who has to confirm"),
        related_name="+",
        help_text=_(
            "The members of these groups are asked to confirm each new whole version (2.0, 3.0)."
        ),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("demand to confirm reading")
        verbose_name_plural = _("demands to confirm reading")

    def __str__(self) -> str:
        return str(self.section)

    def clean(self) -> None:
        if self.section_id and not isinstance(self.section.specific, CategoryPage | SectionPage):
            raise ValidationError({"section": _("Choose a category or a section.")})


class Confirmation(models.Model):
    """A person has confirmed to have read ``version``; it counts for all that share its ``major``."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="+")
    # The whole number of the version, as text, because versions are: "2" of "2.1".
    major = models.CharField(max_length=6)
    version = models.CharField(max_length=12)
    confirmed_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "page", "major"], name="acknowledging_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.page_id} v{self.version}"
