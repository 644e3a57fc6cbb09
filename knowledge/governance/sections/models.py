"""What is set on a section besides its text. Not in its revisions: an old one restored must not
bring back who once had power over it.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.catalog.people import called


class SectionOwner(models.Model):
    """A person or a group with all rights in one section and below it, and no right elsewhere.

    ``rights`` is a group that the portal makes and fills: it goes when the owner changes, and
    every right goes with it.
    """

    section = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="section_owner")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="+")
    rights = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="section_rights")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("section owner")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) ^ models.Q(group__isnull=False),
                name="governance_sections_one_owner",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.name}"

    @property
    def name(self) -> str:
        return self.group.name if self.group else called(self.user)


class SectionVoice(models.Model):
    """Whether people who are not logged in may give feedback here; the nearest one above counts."""

    section = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="section_voice")
    anonymous = models.BooleanField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("anonymous feedback")

    def __str__(self) -> str:
        return f"{self.section}: {self.anonymous}"
