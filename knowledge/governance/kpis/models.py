"""An indicator, its values, and who gets them by mail."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from knowledge.catalog.models import Artifact
from templates_lib import limits

SOURCE_CHARS = 80
DIGITS, PLACES = 18, 4


class Kpi(models.Model):
    """``slug`` is its name for machines, in addresses and in metric blocks."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("key"),
        unique=True,
        max_length=60,
        help_text=_("Its name for machines: in addresses, in files, and in metric blocks."),
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    comparison = models.CharField(
        _("good when it is"), max_length=2, choices=limits.COMPARISONS, default="lt"
    )
    target = models.DecimalField(
        _("target"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    why = models.TextField(_("why it matters"), max_length=600, blank=True)
    formula = models.CharField(_("formula"), max_length=255, blank=True)
    origin = models.CharField(_("where the figure comes from"), max_length=255, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    artifact = models.ForeignKey(
        Artifact,
        verbose_name=_("artifact that it measures"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="kpis",
    )
    # Key of a figure that the portal computes itself; values of it come from nowhere else.
    figure = models.CharField(
        _("computed by the portal"),
        max_length=40,
        blank=True,
        help_text=_("Leave empty when values are sent by another system or uploaded."),
    )
    is_public = models.BooleanField(
        _("shown to readers"),
        default=False,
        help_text=_(
            "Metric blocks of artifacts that name its key show its values to everyone who may read"
            " the artifact."
        ),
    )
    place = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    wagtail_reference_index_ignore = True
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("comparison"), FieldPanel("target"), FieldPanel("unit")]),
        FieldPanel("why"),
        MultiFieldPanel(
            [FieldPanel("figure"), FieldPanel("formula"), FieldPanel("origin")],
            heading=_("Where the figure comes from"),
        ),
        FieldPanel("owner"),
        PageChooserPanel("artifact", "catalog.Artifact"),
        FieldRowPanel([FieldPanel("is_public"), FieldPanel("place")]),
    ]

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["place", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def target_words(self) -> str:
        return limits.words(self.comparison, self.target, self.unit)

    def is_met_by(self, value: Any) -> bool | None:
        """None while there is no target or no value."""
        return limits.holds(self.comparison, value, self.target)


class Reading(models.Model):
    """A value at an instant, from one source. The same instant and source again corrects it."""

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="readings")
    source = models.CharField(max_length=SOURCE_CHARS)
    at = models.DateTimeField()
    day = models.DateField()  # of ``at``, in the site's zone
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    written_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "source", "at"], name="governance_kpi_once")
        ]
        indexes = [models.Index(fields=["kpi", "day"], name="governance_kpi_day")]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.at:%Y-%m-%d}: {self.value}"


class TrustDay(models.Model):
    """How many live artifacts were in a state of trust at the end of a day."""

    day = models.DateField()
    state = models.CharField(max_length=12)
    count = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "state"], name="governance_trust_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.state}: {self.count}"


class Subscription(models.Model):
    """Somebody wants the indicators every week. ``sent_in`` is the Monday of the last mail."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    sent_in = models.DateField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person_id)
