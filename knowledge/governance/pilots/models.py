"""A draft that is open to one team, and what the team says of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from knowledge.catalog.models import Artifact
from knowledge.governance.models.versions import keep_while_page_stands
from knowledge.practice.models import Run
from knowledge.practice.teams.models import NAME_CHARS, Team

MAX_WORDS_CHARS = 1000
PERSON = settings.AUTH_USER_MODEL


class Pilot(models.Model):
    """``revision`` is what the team sees at the address of the page; others see what is live."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        PROMOTED = "promoted", _("Submitted as the standard")
        ENDED = "ended", _("Ended")

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="pilots")
    revision = models.ForeignKey(Revision, on_delete=keep_while_page_stands, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="pilots")
    # The record outlives the team.
    team_name = models.CharField(_("team"), max_length=NAME_CHARS)
    goal = models.CharField(_("what is tried"), max_length=MAX_WORDS_CHARS)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.RUNNING, db_index=True
    )
    opened_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    # What became of it: the note of the promotion, or why it was ended.
    word = models.CharField(max_length=MAX_WORDS_CHARS, blank=True)
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "team"],
                condition=models.Q(state="running"),
                name="pilots_one_for_each_team",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} with {self.team_name}: {self.state}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class PilotRun(models.Model):
    """A run of the draft that the team saw when it started, whatever it is shown later."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="runs")
    revision = models.ForeignKey(Revision, on_delete=keep_while_page_stands, related_name="+")
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="pilot")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.run_id}"


class Experience(models.Model):
    """What a member of the team says of working with it."""

    class Verdict(models.TextChoices):
        BETTER = "better", _("Works better than before")
        SAME = "same", _("Makes no difference")
        WORSE = "worse", _("Works worse than before")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="experiences")
    author = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=6, choices=Verdict.choices)
    text = models.TextField(_("text"), max_length=MAX_WORDS_CHARS)
    at = models.DateTimeField(_("at"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.verdict}"
