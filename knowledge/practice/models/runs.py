"""A run: an artifact carried out once, step by step, by people, with a record of who did what.

The words of the steps are copied when the run starts: it stays pinned to the version that it began
with, whatever becomes of the artifact.
"""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.practice.teams.models import Team

NAME_CHARS = 120
TEXT_CHARS = 2000
LINK_CHARS = 500
PERSON = settings.AUTH_USER_MODEL


class Run(models.Model):
    """Rows of ``events`` are numbered without gaps; ``last_event`` is the number of the newest."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        SUCCEEDED = "succeeded", _("Succeeded")
        FAILED = "failed", _("Did not succeed")
        ABANDONED = "abandoned", _("Given up")

    artifact = models.ForeignKey(
        Artifact, null=True, on_delete=models.SET_NULL, related_name="runs"
    )
    # As they were at the start; the artifact may be gone.
    title = models.CharField(max_length=255)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    version = models.CharField(_("version"), max_length=12)

    name = models.CharField(_("name"), max_length=NAME_CHARS)
    lead = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    people: models.ManyToManyField = models.ManyToManyField(PERSON, related_name="runs")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="runs"
    )
    is_open = models.BooleanField(_("open to everyone who may read the artifact"), default=True)
    due = models.DateField(_("due"), null=True, blank=True)

    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True, max_length=TEXT_CHARS)
    lessons = models.TextField(blank=True, max_length=TEXT_CHARS)
    last_event = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["artifact", "version", "state"], name="practice_run_proof"),
            models.Index(fields=["state", "due"], name="practice_run_due"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class RunRole(models.Model):
    """A role that the artifact names, and who has it in this run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=120)
    person = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="practice_role_once")]

    def __str__(self) -> str:
        return self.name


def _evidence_path(step: "RunStep", name: str) -> str:
    """Not to be guessed, and without what the person called the file."""
    return f"runs/{step.run_id}/{secrets.token_hex(16)}"


class RunStep(models.Model):
    """``revision`` counts the changes of the step: who changes it says which one was seen."""

    class State(models.TextChoices):
        TODO = "todo", _("To do")
        DOING = "doing", _("In progress")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Skipped")
        FAILED = "failed", _("Failed")
        BLOCKED = "blocked", _("Blocked")

    SETTLED = (State.DONE, State.SKIPPED)

    class Evidence(models.TextChoices):
        NONE = "none", _("None")
        NOTE = "note", _("A note")
        LINK = "link", _("A link")
        FILE = "file", _("A file")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=255)
    title = models.CharField(max_length=300)
    # Source of rich text: its links are resolved for who reads them.
    detail = models.TextField(blank=True)
    # Pairs: a key of templates_lib.runnable.FACTS, and text.
    facts = models.JSONField(default=list)
    role = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    at_minute = models.PositiveIntegerField(null=True)
    is_optional = models.BooleanField(default=False)
    is_gate = models.BooleanField(default=False)
    evidence = models.CharField(max_length=4, choices=Evidence.choices, default=Evidence.NONE)

    state = models.CharField(max_length=7, choices=State.choices, default=State.TODO)
    note = models.TextField(blank=True, max_length=TEXT_CHARS)
    link = models.CharField(blank=True, max_length=LINK_CHARS)
    file = models.FileField(upload_to=_evidence_path, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="practice_step_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED


class RunEvent(models.Model):
    """A line of the log. Lines are only added."""

    class Sort(models.TextChoices):
        STARTED = "started", _("started the run")
        TODO = "todo", _("set back to “to do”")
        DOING = "doing", _("began")
        DONE = "done", _("did")
        SKIPPED = "skipped", _("skipped")
        FAILED = "failed", _("noted as failed")
        BLOCKED = "blocked", _("noted as blocked")
        GATE_PASSED = "gate-passed", _("passed the gate")
        GATE_REFUSED = "gate-refused", _("did not pass the gate")
        GATE_OPENED = "gate-opened", _("took back the passing of the gate")
        COMMENT = "comment", _("said")
        ROLE = "role", _("gave out the role")
        HANDED_OVER = "handed-over", _("handed the run over")
        ENDED = "ended", _("ended the run")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    # As it was: the person may be gone.
    by_name = models.CharField(max_length=200)
    sort = models.CharField(max_length=12, choices=Sort.choices)
    step = models.ForeignKey(RunStep, null=True, on_delete=models.CASCADE, related_name="events")
    text = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="practice_event_once")
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.get_sort_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A line of the log is never changed.")
        super().save(*args, **kwargs)
