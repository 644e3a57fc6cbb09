"""A round of an assessment, and what each person answers in it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact
from knowledge.practice.teams.models import Team

NAME_CHARS = 160
PERSON = settings.AUTH_USER_MODEL


class Round(models.Model):
    """Questions and levels are copied: a round stays with the version that it began with."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    artifact = models.ForeignKey(
        Artifact, null=True, on_delete=models.SET_NULL, related_name="rounds"
    )
    title = models.CharField(max_length=255)
    version = models.CharField(_("version"), max_length=12)
    # The parts of the body that ask and judge: {type, value}, as stored in the page.
    parts = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    name = models.CharField(_("name"), max_length=NAME_CHARS)
    owner = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    people: models.ManyToManyField = models.ManyToManyField(
        PERSON, related_name="assessment_rounds"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="rounds"
    )
    is_open = models.BooleanField(
        _("everyone who may read the assessment may answer"), default=False
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.state == self.State.OPEN


class Sheet(models.Model):
    """The answers of one person, which nobody else is shown.

    ``answers`` maps "pillar.question", both counted from 0, to a step of the scale from 1. Only what
    was given counts; a draft does not. ``revision`` counts the changes.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sheets")
    person = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    answers = models.JSONField(default=dict)
    given_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], name="practice_assessments_sheet_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.person_id}"
