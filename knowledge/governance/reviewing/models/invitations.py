"""A person without an account who is asked to decide one step."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

NAME_CHARS = 120
COMMENT_CHARS = 2000


class Invitation(models.Model):
    """Good once, until it expires, for the one step. Kept afterwards: it says who decided.

    Of the link only a digest is kept: who reads the table cannot decide anything.
    """

    class Decision(models.TextChoices):
        APPROVE = "approve", _("Approved")
        REJECT = "reject", _("Returned")

    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=NAME_CHARS)
    email = models.EmailField(_("mail address"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Nobody when the account was deleted: then the link is void.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=7, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True, max_length=COMMENT_CHARS)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("invitation to review")
        verbose_name_plural = _("invitations to review")
        indexes = [
            models.Index(fields=["invited_by", "invited_at"], name="reviewing_invited_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True)
                | models.Q(decided_at__isnull=False) & ~models.Q(decision=""),
                name="reviewing_invitation_decided",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def is_void(self) -> bool:
        return bool(self.revoked_at or self.invited_by is None or not self.invited_by.is_active)

    def state_on(self, now: datetime) -> str:
        """One word for the list of invitations."""
        if self.decision:
            return str(self.get_decision_display())
        if self.is_void():
            return str(_("Revoked"))
        return str(_("Expired") if self.expires_at <= now else _("Open"))
