"""The secret address of a person's calendar, and what the mail of the morning has told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarAddress(models.Model):
    """Whoever has the address reads what the person has to do, so only a digest of it is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person_id)


class MorningMail(models.Model):
    """Whether a person wants it, and the day on which it was last looked whether there is one."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="morning_mail"
    )
    is_wanted = models.BooleanField(default=True)
    looked_on = models.DateField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person_id)


class Told(models.Model):
    """A line of a person's work that was in a mail. Another day, or a day that has come, is told anew."""

    class Stage(models.TextChoices):
        NEW = "new", _("New for you")
        DUE = "due", _("Due today, or overdue")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The uid of the line and its day, if it has one.
    line = models.CharField(max_length=80)
    stage = models.CharField(max_length=3, choices=Stage.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["person", "line", "stage"],
                name="practice_work_told_once",
            )
        ]

    def __str__(self) -> str:
        return self.line
