from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.models.taxonomy import Tag
from knowledge.governance.models import Version


class Follow(models.Model):
    """A person wants to hear of changes: of an artifact, of all below a section, or of a tag.

    ``page`` is an artifact, a section or a category. Only its person may know of it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="+")
    # What was published before is not told.
    since = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "page"], name="following_page_once"),
            models.UniqueConstraint(fields=["person", "tag"], name="following_tag_once"),
            models.CheckConstraint(
                condition=Q(page__isnull=True) ^ Q(tag__isnull=True), name="following_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.page_id or self.tag_id}"


class Delivery(models.Model):
    """How a person who follows something hears of it; made with the first thing that is followed."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("One mail a day, when something changed")
        WEEKLY = "weekly", _("One mail a week, when something changed")
        NONE = "none", _("No mail; I look at the list of changes myself")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="following_delivery",
    )
    rhythm = models.CharField(
        _("how do you want to hear of it?"),
        max_length=6,
        choices=Rhythm.choices,
        default=Rhythm.DAILY,
    )
    # The last day on which a mail was due, whether or not there was something to tell.
    mailed_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["rhythm", "mailed_on"], name="following_due")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rhythm}"


class Told(models.Model):
    """A version that a person was mailed of: never again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="following_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} knows of {self.version_id}"


class Sighting(models.Model):
    """The version of an artifact that a person last opened. Only its person may know of it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="+")
    version = models.CharField(max_length=12)
    seen_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "page"], name="following_sighting_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} saw {self.page_id} v{self.version}"
