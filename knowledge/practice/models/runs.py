"""A run: an artifact carried out once, step by step, by people, with a record of who did what.

The words of the steps are copied when the run starts: it stays pinned to the version that it began
with, whatever becomes of the artifact.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.practice.teams.models import Team
from templates_lib.runnable import Question

NAME_CHARS = 120
TEXT_CHARS = 2000
LINK_CHARS = 500
# Kinds whose tasks each belong to somebody.
PLANS = (Kind.ACTION_PLAN,)
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
    # Of a draft that the team tries: nobody else sees it, and it proves nothing of a version.
    is_pilot = models.BooleanField(_("pilot"), default=False)
    due = models.DateField(_("due"), null=True, blank=True)

    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True, max_length=TEXT_CHARS)
    # Of the retrospective, as is the summary.
    helped = models.TextField(blank=True, max_length=TEXT_CHARS)
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
        NUMBER = "number", _("A number")
        CHOICE = "choice", _("One of given answers")

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
    is_milestone = models.BooleanField(default=False)
    evidence = models.CharField(max_length=6, choices=Evidence.choices, default=Evidence.NONE)
    unit = models.CharField(max_length=40, blank=True)
    minimum = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    maximum = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    # A number beyond the bounds is kept, and the step fails; else it is refused.
    fails_beyond = models.BooleanField(default=False)
    options = models.JSONField(default=list)
    # The position of an earlier step, and on which of its answers this one is done.
    depends_on = models.PositiveIntegerField(null=True)
    depends_answers = models.JSONField(default=list)
    limit_minutes = models.PositiveIntegerField(null=True)
    limit_from_run = models.BooleanField(default=False)

    # Named for this one step; else whoever has the role.
    person = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    # Said by who leads the run; it goes before the limit.
    due = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    # What follows from due, limit and start, kept so that what has passed is found; empty: no end.
    deadline = models.DateTimeField(null=True)
    # When the people were told that the deadline has passed: once for each deadline.
    told_at = models.DateTimeField(null=True)

    state = models.CharField(max_length=7, choices=State.choices, default=State.TODO)
    note = models.TextField(blank=True, max_length=TEXT_CHARS)
    link = models.CharField(blank=True, max_length=LINK_CHARS)
    file = models.FileField(upload_to=_evidence_path, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    # A number as it is written, or one of the options.
    answer = models.CharField(max_length=120, blank=True)
    # Skipped by its condition and not by a person.
    by_rule = models.BooleanField(default=False)
    changed_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="practice_step_once")
        ]
        indexes = [
            models.Index(
                fields=["deadline"],
                name="practice_step_deadline",
                condition=models.Q(told_at__isnull=True, deadline__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED

    @property
    def state_label(self) -> str:
        """As ``get_state_display``, which translates all labels of the choices for each one."""
        return str(self.State(self.state).label)

    @property
    def question(self) -> Question:
        return Question(
            unit=self.unit,
            minimum=self.minimum,
            maximum=self.maximum,
            fails_beyond=self.fails_beyond,
            options=tuple(self.options),
        )

    def set_deadline(self, run: Run) -> None:
        """Work out anew when the step has to be done; who was told of another end is told again."""
        before = self.deadline
        self.deadline = self.due or self._limit(run)
        if self.deadline != before:
            self.told_at = None

    def _limit(self, run: Run) -> datetime | None:
        if self.limit_minutes is None:
            return None
        begins = self.begun_at
        if self.limit_from_run:
            begins = run.started_at
        elif begins is None and self.at_minute is not None:
            begins = run.started_at + timedelta(minutes=self.at_minute)
        return begins + timedelta(minutes=self.limit_minutes) if begins else None


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
        DOUBT = "doubt", _("said that the step is wrong:")
        ROLE = "role", _("gave out the role")
        NAMED = "named", _("named who does the step")
        DUE = "due", _("set until when the step is due:")
        OVERDUE = "overdue", _("noticed that the time is up for")
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
    # Given by the browser, so that what is sent again counts once; empty: by hand of no script.
    tick = models.CharField(max_length=36, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="practice_event_once"),
            models.UniqueConstraint(
                fields=["run", "tick"], condition=~models.Q(tick=""), name="practice_tick_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.sort_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A line of the log is never changed.")
        super().save(*args, **kwargs)

    @property
    def sort_label(self) -> str:
        """As ``state_label`` of a step."""
        return str(self.Sort(self.sort).label)
