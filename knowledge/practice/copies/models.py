"""A template that somebody fills, kept with the version that it was begun with."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact
from knowledge.practice.teams.models import Team

NAME_CHARS = 160
PERSON = settings.AUTH_USER_MODEL


class FilledCopy(models.Model):
    """Fields and documents of the template are copied: the copy stays what it was begun as.

    ``answers`` are by key, as they were given, right or not: a draft may be incomplete. ``revision``
    counts the changes: who saves says which one was seen.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        FINISHED = "finished", _("Finished")

    artifact = models.ForeignKey(
        Artifact, null=True, on_delete=models.SET_NULL, related_name="copies"
    )
    # As it was when the copy was begun, or last carried over; the template may be gone.
    title = models.CharField(max_length=255)
    version = models.CharField(_("version"), max_length=12)
    # The parts of the body that ask and that are filled: {type, value}, as stored in the page.
    parts = models.JSONField(default=list)

    name = models.CharField(_("name"), max_length=NAME_CHARS)
    owner = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    people: models.ManyToManyField = models.ManyToManyField(PERSON, related_name="filled_copies")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )
    is_open = models.BooleanField(
        _("everyone who may read the template may read it"), default=False
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    # What a newer version does not ask for any more: a list of {label, said, version}.
    left_over = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT
