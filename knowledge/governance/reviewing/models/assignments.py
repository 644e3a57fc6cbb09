"""Whose turn it is and until when. There is a row as long as a step waits, and no longer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState


class Assignment(models.Model):
    """One step of a workflow that waits for a decision. It goes when the step ends.

    The page is kept here too, so that a list of what waits needs no cast of Wagtail's textual keys.
    """

    class Priority(models.IntegerChoices):
        URGENT = 1, _("Urgent")
        HIGH = 2, _("High")
        NORMAL = 3, _("Normal")
        LOW = 4, _("Low")

    task_state = models.OneToOneField(
        TaskState, on_delete=models.CASCADE, related_name="assignment"
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    # Nobody: whoever may review it may claim it.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assignee"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    # A day in the time zone of the site.
    due_on = models.DateField(_("due"))
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    opened_at = models.DateTimeField(_("waiting since"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["due_on", "priority", "pk"]
        verbose_name = _("waiting review")
        verbose_name_plural = _("waiting reviews")
        indexes = [
            models.Index(fields=["due_on", "priority", "id"], name="reviewing_due_first"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} until {self.due_on}"
