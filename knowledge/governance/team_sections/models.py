"""Which section is whose."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page

from knowledge.practice.teams.models import Team, keep_group


class TeamSection(models.Model):
    """``leads`` is a group that the portal makes and fills with the leads of the team: what they may do
    here besides the members. The row outlives the team, so that the section stays closed without it.
    """

    team = models.OneToOneField(
        Team, null=True, on_delete=models.SET_NULL, related_name="private_section"
    )
    section = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="of_team")
    leads = models.OneToOneField(
        Group, null=True, on_delete=keep_group, related_name="leads_of_section"
    )
    # Pictures and documents that only the team sees.
    files = models.OneToOneField(
        Collection, null=True, on_delete=models.SET_NULL, related_name="of_team"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("section of a team")
        verbose_name_plural = _("sections of teams")

    def __str__(self) -> str:
        return f"{self.team_id}: {self.section_id}"
