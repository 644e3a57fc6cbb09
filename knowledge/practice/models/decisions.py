"""A decision that somebody walked to, kept with the way to it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.practice.teams.models import Team

NAME_CHARS = 160
TEXT_CHARS = 2000
PERSON = settings.AUTH_USER_MODEL


class Decision(models.Model):
    """Words of the framework are copied: the record stays what it was when that moves on."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for approval")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Not approved")
        SUPERSEDED = "superseded", _("Superseded")

    artifact = models.ForeignKey(
        Artifact, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    title = models.CharField(max_length=255)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    version = models.CharField(_("version"), max_length=12)

    name = models.CharField(_("what is decided"), max_length=NAME_CHARS)
    context = models.TextField(_("context"), blank=True, max_length=TEXT_CHARS)
    # A list of {question, answer, said, reason}; ``said`` is the number where one was asked.
    trail = models.JSONField(default=list)
    outcome = models.CharField(max_length=200)
    # Source of rich text: its links are resolved for who reads them.
    detail = models.TextField(blank=True)
    tone = models.CharField(max_length=10, blank=True)
    approver_role = models.CharField(max_length=120, blank=True)
    escalate_to_role = models.CharField(max_length=120, blank=True)
    within_minutes = models.PositiveIntegerField(null=True)
    escalate_to = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    # Until then it is to be approved; who waits for it is told once that it is not.
    deadline = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    is_open = models.BooleanField(_("open to everyone who may read the artifact"), default=True)
    decided_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    # Of several roles that approve the first, which stands in lists.
    approver = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approval_note = models.TextField(blank=True, max_length=TEXT_CHARS)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="supersedes"
    )

    class Meta:
        ordering = ["-decided_at", "-pk"]
        indexes = [
            models.Index(fields=["approver", "state"], name="practice_decision_waits"),
            models.Index(
                fields=["deadline"],
                condition=models.Q(state="proposed", told_at=None),
                name="practice_decision_late",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """The word of one role; the decision is accepted when all have given theirs."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="approvals")
    role = models.CharField(max_length=120)
    person = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    # None while it waits, False: not approved.
    is_given = models.BooleanField(null=True)
    given_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, max_length=TEXT_CHARS)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["decision", "role"], name="practice_approval_once")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.role}"

    @property
    def waits(self) -> bool:
        return self.is_given is None and self.decision.state == Decision.State.PROPOSED
