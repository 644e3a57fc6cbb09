"""What holds in a section and below it, until a section further down says something else."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.governance.auditing import only_reads


class SectionRule(models.Model):
    """Each of its two parts is inherited by itself: who decides, and whether authors approve."""

    class OwnChanges(models.TextChoices):
        INHERITED = "inherited", _("As in the section above")
        REFUSED = "refused", _("Nobody approves or publishes an own change here")
        ALLOWED = "allowed", _("Who may review may approve an own change")

    page = models.OneToOneField(
        Page, verbose_name=_("section"), on_delete=models.CASCADE, related_name="+"
    )
    holder_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner of the section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Has the right to decide here where a workflow asks for it, and hears of reviews that"
            " are long overdue. Empty: as in the section above."
        ),
    )
    holder_group = models.ForeignKey(
        Group,
        verbose_name=_("or owning group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    own_changes = models.CharField(
        _("own changes"),
        max_length=9,
        choices=OwnChanges.choices,
        default=OwnChanges.INHERITED,
    )

    class Meta:
        verbose_name = _("rule of a section")
        verbose_name_plural = _("rules of sections")
        ordering = ["page__path"]

    def __str__(self) -> str:
        return str(self.page)

    def clean(self) -> None:
        super().clean()
        if self.holder_user_id and self.holder_group_id:
            raise ValidationError({"holder_group": _("Name a person or a group, not both.")})
        if self.holder_user and not self.holder_user.has_perm("wagtailadmin.access_admin"):
            raise ValidationError(
                {"holder_user": _("This person cannot enter the admin and so could not decide.")}
            )
        if self.holder_user and only_reads(self.holder_user):
            raise ValidationError({"holder_user": _("Auditors read and change nothing.")})
