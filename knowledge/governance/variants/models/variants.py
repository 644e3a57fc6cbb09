"""That one artifact is a variant of another, and how far apart both are."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.models import Artifact
from knowledge.governance.models import Version
from knowledge.practice.teams.models import Team


class Variant(models.Model):
    """``page`` was made from ``parent`` and stays linked to it.

    Of the content there are two states: the newest draft, on which people work and which is level
    with the version ``base``, and what readers see, which is level with ``live_base``. Without a
    parent (it was deleted) the page stands for itself.

    The counts are of what readers see. They are kept here so that lists need not compare bodies;
    ``counted_of`` and ``counted_in`` are the revisions of standard and variant that were compared.
    """

    page = models.OneToOneField(Artifact, on_delete=models.CASCADE, related_name="variant")
    parent = models.ForeignKey(
        Artifact,
        verbose_name=_("standard"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="variants",
    )
    derived_from = models.CharField(_("derived from version"), max_length=12)
    base = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    live_base = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    # The team that it was made for; what the team owns, its group owns.
    team = models.ForeignKey(
        Team,
        verbose_name=_("team"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="variants",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))

    behind = models.PositiveSmallIntegerField(_("parts behind"), default=0)
    own = models.PositiveSmallIntegerField(_("parts of its own"), default=0)
    # The version of the standard that the counts are about, and since when the variant is behind.
    counted = models.CharField(max_length=12, blank=True)
    behind_since = models.DateTimeField(_("behind since"), null=True)
    counted_of = models.PositiveBigIntegerField(null=True)
    counted_in = models.PositiveBigIntegerField(null=True)
    # The version of which the owner was told last.
    told = models.CharField(max_length=12, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        indexes = [models.Index(fields=["behind_since", "id"], name="variants_oldest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(page=models.F("parent")), name="variants_not_of_itself"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} of {self.parent_id}"

    @property
    def title(self) -> str:
        """Of the page, also while it is a draft."""
        return self.page.title if self.page.live else self.page.draft_title

    @property
    def team_name(self) -> str:
        return self.team.name if self.team else ""

    @property
    def is_level(self) -> bool:
        return not self.behind
