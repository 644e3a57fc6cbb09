"""A program that people carry out, and its parts with their runs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact
from knowledge.practice.models import Run
from knowledge.practice.teams.models import Team

NAME_CHARS = 120
PERSON = settings.AUTH_USER_MODEL


class ProgramRun(models.Model):
    """The sequence is that of the start. The parts are not copied: each runs in the version that is
    live when it begins.
    """

    artifact = models.ForeignKey(
        Artifact, null=True, on_delete=models.SET_NULL, related_name="program_runs"
    )
    # As they were at the start; the artifact may be gone.
    title = models.CharField(max_length=255)
    version = models.CharField(_("version"), max_length=12)
    name = models.CharField(_("name"), max_length=NAME_CHARS)
    lead = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    people: models.ManyToManyField = models.ManyToManyField(PERSON, related_name="program_runs")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="program_runs"
    )
    is_open = models.BooleanField(_("open to everyone who may read the artifact"), default=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class ProgramPart(models.Model):
    """``artifact``, or ``url`` and ``label`` of what stands elsewhere.

    What has steps is done when its ``run`` has ended; anything else when somebody says so.
    """

    program = models.ForeignKey(ProgramRun, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    artifact = models.ForeignKey(Artifact, null=True, on_delete=models.SET_NULL, related_name="+")
    url = models.URLField(max_length=2000, blank=True)
    label = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=255, blank=True)
    hand_over = models.CharField(max_length=255, blank=True)
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="program_parts")
    done_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "position"], name="practice_programs_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.position}"

    @property
    def is_begun(self) -> bool:
        """A run that was given up does not count: the part may be begun again."""
        return self.done_at is not None or (self.run is not None and not self._is_given_up)

    @property
    def is_done(self) -> bool:
        ended = self.run is not None and not self.run.is_running
        return self.done_at is not None or (ended and not self._is_given_up)

    @property
    def _is_given_up(self) -> bool:
        return self.run is not None and self.run.state == Run.State.ABANDONED
