"""A matrix that people score, until it ends in a decision."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact
from knowledge.practice.models import Decision
from knowledge.practice.models.decisions import NAME_CHARS
from knowledge.practice.teams.models import Team

PERSON = settings.AUTH_USER_MODEL


class Weighing(models.Model):
    """Criteria and options are copied: it stays with the version that it began with.

    ``criteria`` is a list of {name, weight, help}, weights as text; ``suggested`` has the scores and
    reasons of the page: {"option.criterion": {score, reason}}, both counted from 0.
    """

    artifact = models.ForeignKey(
        Artifact, null=True, on_delete=models.SET_NULL, related_name="weighings"
    )
    title = models.CharField(max_length=255)
    version = models.CharField(_("version"), max_length=12)
    criteria = models.JSONField(default=list)
    options = models.JSONField(default=list)
    suggested = models.JSONField(default=dict)
    scale_max = models.PositiveIntegerField(default=5)

    name = models.CharField(_("what is decided"), max_length=NAME_CHARS)
    owner = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    people: models.ManyToManyField = models.ManyToManyField(PERSON, related_name="weighings")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="weighings"
    )
    is_open = models.BooleanField(_("open to everyone who may read the artifact"), default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    supersedes = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="weighing"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.decided_at is None


class Scores(models.Model):
    """``scores`` maps "option.criterion" to a number as text; all of them, or they are not kept."""

    weighing = models.ForeignKey(Weighing, on_delete=models.CASCADE, related_name="sheets")
    person = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    scores = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["weighing", "person"], name="practice_weighing_scores_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.weighing_id}: {self.person_id}"
