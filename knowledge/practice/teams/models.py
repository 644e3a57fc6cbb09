"""Teams, who is in them, and what they have adopted."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact

NAME_CHARS = 80
SLUG_CHARS = 50
ABOUT_CHARS = 1000
NOTE_CHARS = 500
PERSON = settings.AUTH_USER_MODEL


def keep_group(_collector: Any, _field: Any, _rows: Any, _using: str) -> None:
    """A group that the portal keeps cannot be deleted by hand. Said as a refusal, which the admin shows;
    a protected key would be an error there.
    """
    raise PermissionDenied(_("This group belongs to a team, and goes with it."))


class Team(models.Model):
    """``group`` is a group that the portal makes and fills: it follows the memberships, so that what
    is restricted to it is open to the members and to nobody else.
    """

    name = models.CharField(_("name"), max_length=NAME_CHARS)
    # Given once: addresses of the team stay what they are when it is renamed.
    slug = models.SlugField(max_length=SLUG_CHARS, unique=True)
    about = models.TextField(_("what it is for"), blank=True, max_length=ABOUT_CHARS)
    group = models.OneToOneField(Group, on_delete=keep_group, related_name="team")
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a team. There is always one who leads while there is anybody."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        MEMBER = "member", _("Member")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=6, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["joined_at", "pk"]
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"], name="practice_teams_membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.person_id}"

    @property
    def is_lead(self) -> bool:
        return self.role == self.Role.LEAD


class Adoption(models.Model):
    """A team works by this artifact, in the version that it agreed on. It goes with the artifact."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="adoptions")
    artifact = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="adoptions")
    version = models.CharField(_("version"), max_length=12)
    note = models.CharField(_("note"), blank=True, max_length=NOTE_CHARS)
    adopted_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    adopted_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-adopted_at", "-pk"]
        verbose_name = _("adoption")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "artifact"], name="practice_teams_adoption_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.artifact_id}"
