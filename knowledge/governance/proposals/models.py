"""A proposal and what is said about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from knowledge.catalog.models import Artifact

MAX_PROPOSED_CHARS = 20_000
MAX_WORDS_CHARS = 2000
PERSON = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """``before`` is the text that the proposer saw: it tells whether it has changed since."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    page = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="proposals")
    version = models.CharField(_("version"), max_length=12)
    # The name of a field, or the id of a block of the body.
    target = models.CharField(max_length=64)
    label = models.CharField(_("part"), max_length=255)
    before = models.TextField()
    text = models.TextField(_("proposed text"), max_length=MAX_PROPOSED_CHARS)
    reason = models.TextField(_("reason"), max_length=MAX_WORDS_CHARS)
    author = models.ForeignKey(
        PERSON, null=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.OPEN, db_index=True
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, max_length=MAX_WORDS_CHARS)
    # The draft that took it over; none when an editor writes it in by hand.
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return f"{self.page}: {self.label}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Remark(models.Model):
    """One piece of the thread between the proposer and the editors."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=MAX_WORDS_CHARS)
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
