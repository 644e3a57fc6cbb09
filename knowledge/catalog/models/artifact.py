"""The artifact: what all kinds share. Kinds are thin page types below it (models/kinds)."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import TextInput
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Orderable, Page
from wagtail.search import index

from knowledge.catalog.forms import ArtifactForm
from knowledge.catalog.kinds import Effort, Kind, Maturity, RiskTolerance, TeamScale, effort_band
from knowledge.catalog.models.doors import EndsAtItsDoor
from knowledge.catalog.models.taxonomy import Audience, Industry, Region, Tag, Tool
from knowledge.catalog.people import called
from knowledge.catalog.requirements import Requirement
from knowledge.catalog.trust import TrustState, trust_state
from knowledge.catalog.widgets import OfferedTags

DEFAULT_REVIEW_INTERVAL_DAYS = 180


class Artifact(EndsAtItsDoor, Page):
    """Anything that teams find, use and keep. ``Artifact.objects`` lists all kinds without a join.

    ``kind`` is set by the class. Review dates and the version number belong to the page, not to a
    revision: they are moved by services and survive the restoring of an old revision.
    """

    KIND: ClassVar[Kind | None] = None
    REQUIREMENTS: ClassVar[tuple[Requirement, ...]] = ()
    # Fields of the kind that a draft may lack and a published page may not.
    REQUIRED_FIELDS: ClassVar[tuple[str, ...]] = ()
    # Columns that a revision never overwrites.
    LIVE_COLUMNS: ClassVar[tuple[str, ...]] = (
        "version",
        "last_reviewed",
        "reviewed_by_id",
        "next_review",
        "archived_at",
        "last_good_run",
        "last_good_run_version",
    )

    # A copy is a new artifact: nobody has reviewed it.
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "version",
        "last_reviewed",
        "reviewed_by",
        "next_review",
        "archived_at",
        "last_good_run",
        "last_good_run_version",
    ]

    kind = models.CharField(
        _("kind"), max_length=24, choices=Kind.choices, editable=False, db_index=True
    )
    bottom_line = models.CharField(
        _("bottom line"),
        max_length=300,
        help_text=_("The conclusion first: what a reader gets from this, in one or two sentences."),
    )
    industries = ParentalManyToManyField(Industry, blank=True, related_name="artifacts")
    maturity = models.PositiveSmallIntegerField(
        _("maturity"),
        choices=Maturity.choices,
        null=True,
        blank=True,
        help_text=_("The process maturity that a team needs for this (CMMI levels)."),
    )
    tags = ClusterTaggableManager(through="catalog.TaggedArtifact", blank=True)
    tools = ParentalManyToManyField(Tool, blank=True, related_name="artifacts")
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="artifacts")
    risk_tolerance = models.CharField(
        _("risk tolerance"), max_length=10, choices=RiskTolerance.choices, blank=True
    )
    team_scale = models.CharField(
        _("team scale"), max_length=14, choices=TeamScale.choices, blank=True
    )
    regions = ParentalManyToManyField(
        Region,
        blank=True,
        related_name="artifacts",
        help_text=_("Leave empty when it holds everywhere."),
    )
    effort_minutes = models.PositiveIntegerField(
        _("effort in minutes"), null=True, blank=True, validators=[MaxValueValidator(600_000)]
    )
    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The day that dated statements refer to.")
    )

    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_artifacts",
        help_text=_("The person who answers for it. A person or a group, never nobody."),
    )
    owner_group = models.ForeignKey(
        Group,
        verbose_name=_("or owning group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_artifacts",
    )
    review_interval_days = models.PositiveSmallIntegerField(
        _("review interval in days"),
        default=DEFAULT_REVIEW_INTERVAL_DAYS,
        validators=[MinValueValidator(7), MaxValueValidator(1095)],
    )
    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    next_review = models.DateField(
        _("next review"), null=True, blank=True, editable=False, db_index=True
    )
    version = models.CharField(_("version"), max_length=12, default="0.0", editable=False)
    change_note = models.CharField(
        _("what changed"),
        max_length=300,
        blank=True,
        help_text=_("One sentence for the readers of the next version."),
    )
    major_change = models.BooleanField(
        _("readers have to act on this change"),
        default=False,
        help_text=_("The next version gets a new whole number: 1.4 becomes 2.0."),
    )
    licence = models.CharField(_("licence"), max_length=80, blank=True, default="CC BY 4.0")
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supersedes",
    )
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    # The proof: practice writes it. It speaks of the version that it names.
    last_good_run = models.DateField(null=True, blank=True, editable=False)
    last_good_run_version = models.CharField(max_length=12, blank=True, editable=False)

    is_creatable = False
    base_form_class = ArtifactForm
    template = "catalog/artifact_page.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("bottom_line", boost=2),
        index.FilterField("kind"),
        index.FilterField("maturity"),
        index.FilterField("next_review"),
    ]

    class Meta:
        verbose_name = _("artifact")
        indexes = [models.Index(fields=["kind", "next_review"], name="catalog_artifact_kind_due")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.KIND and not self.kind:
            self.kind = self.KIND

    def clean(self) -> None:
        super().clean()
        if self.owner_user_id and self.owner_group_id:
            raise ValidationError(
                {"owner_group": _("Name a person or a group as owner, not both.")}
            )
        if self.superseded_by_id and self.superseded_by_id == self.pk:
            raise ValidationError({"superseded_by": _("An artifact cannot supersede itself.")})
        if self._leads_back():
            message = _("The successor leads back to this artifact.")
            raise ValidationError({"superseded_by": message})

    def _leads_back(self) -> bool:
        """Whether the successors of the successor come back here; readers would go in a circle."""
        seen: set[int] = set()
        following = self.superseded_by_id
        while following and self.pk and following not in seen:
            if following == self.pk:
                return True
            seen.add(following)
            rows = Artifact.objects.filter(pk=following)
            following = rows.values_list("superseded_by", flat=True).first()
        return False

    def with_content_json(self, content: dict) -> "Artifact":
        """A revision as a page; what belongs to the page itself is taken from the row.

        From the row and not from memory: a review may have been confirmed since this was read,
        and publishing the result would undo it.
        """
        from knowledge.catalog.selectors import terms

        page = super().with_content_json(terms.led_on(content))
        row = Artifact.objects.filter(pk=self.pk).values(*self.LIVE_COLUMNS).first() or {}
        for column, value in row.items():
            setattr(page, column, value)
        return page

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def owned_by(self) -> str:
        """The name of the owner as readers see it; empty only while a draft has none."""
        if self.owner_user:
            return called(self.owner_user)
        return self.owner_group.name if self.owner_group else ""

    @property
    def proved_on(self) -> date | None:
        """The day of the last run that succeeded on the version that is live."""
        return self.last_good_run if self.last_good_run_version == self.version else None

    @property
    def effort_band(self) -> Effort | None:
        return effort_band(self.effort_minutes)

    @property
    def effort_label(self) -> str:
        """Minutes, hours, days or weeks of working time, in words; empty when unknown."""
        return effort_words(self.effort_minutes)

    def trust_on(self, today: date) -> TrustState:
        return trust_state(
            today=today,
            next_review=self.next_review,
            last_reviewed=self.last_reviewed,
            superseded=self.superseded_by_id is not None,
            archived=self.archived_at is not None,
        )

    @property
    def trust(self) -> TrustState:
        return self.trust_on(timezone.localdate())

    @trust.setter
    def trust(self, value: str) -> None:
        """Lets ``with_trust_state`` annotate; the rule is the same, so the value is not needed."""

    def review_until(self, reviewed_on: date) -> date:
        """The day of the next review after one on ``reviewed_on``."""
        return reviewed_on + timedelta(days=self.review_interval_days)

    def missing_parts(self) -> list[str]:
        """Names of the required parts that are not there yet; empty when it may be published."""
        missing = [str(one.label) for one in self.REQUIREMENTS if not one.met_by(self.body)]
        missing += [
            capfirst(str(self._meta.get_field(name).verbose_name))
            for name in self.REQUIRED_FIELDS
            if not getattr(self, name)
        ]
        if not self.bottom_line.strip():
            missing.insert(0, str(_("Bottom line")))
        if not (self.owner_user_id or self.owner_group_id):
            missing.append(str(_("Owner")))
        return missing

    def missing_to_publish(self) -> list[str]:
        """The same, and what higher rooms ask of it by the hook ``artifact_requirements``."""
        asked = (one for hook in hooks.get_hooks("artifact_requirements") for one in hook(self))
        return [*self.missing_parts(), *asked]

    def serve(self, request, *args, **kwargs):  # type: ignore[no-untyped-def]
        from knowledge.catalog.views import artifact

        return artifact.show(request, self)

    def get_preview_context(self, request, mode_name):  # type: ignore[no-untyped-def]
        from knowledge.catalog.selectors import reading

        return reading.context_of_state(self, request)


def effort_words(minutes: int | None) -> str:
    """Working time in words, rounded to what a planner needs: 8 hours a day, 5 days a week."""
    if not minutes:
        return ""
    if minutes < 90:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    for size, one, many in ((2400, "%d week", "%d weeks"), (480, "%d day", "%d days")):
        if minutes >= size:
            count = round(minutes / size)
            return ngettext(one, many, count) % count
    hours = round(minutes / 60)
    return ngettext("%d hour", "%d hours", hours) % hours


class RelatedArtifact(Orderable):
    """An editor's "see also", in the editor's order."""

    source = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey(
        Artifact, verbose_name=_("artifact"), on_delete=models.CASCADE, related_name="+"
    )
    panels = [PageChooserPanel("target", "catalog.Artifact")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="catalog_related_once")
        ]


# The field says how much room is left (admin-length.js).
COUNTED = {"data-counted": ""}


def artifact_tabs(*extra: Any, needs: tuple[Requirement, ...] = ()) -> TabbedInterface:
    """The edit form of a kind: content first, then how it is found, then who keeps it."""
    names = ", ".join(str(one.label) for one in needs)
    content = [
        *Page.content_panels,
        FieldPanel("bottom_line", widget=AdminAutoHeightTextInput(attrs={"rows": 2, **COUNTED})),
        *(
            [HelpPanel(content=f"<p>{_('Needed before it can be published:')} {names}.</p>")]
            if needs
            else []
        ),
        *extra,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("change_note", widget=TextInput(attrs=COUNTED)),
                FieldPanel("major_change"),
            ],
            heading=_("This version"),
        ),
    ]
    found = [
        FieldRowPanel([FieldPanel("maturity"), FieldPanel("effort_minutes")]),
        FieldRowPanel([FieldPanel("risk_tolerance"), FieldPanel("team_scale")]),
        FieldPanel("industries"),
        FieldPanel("audiences"),
        FieldPanel("tools"),
        FieldPanel("regions"),
        FieldPanel("tags", widget=OfferedTags(tag_model=Tag)),
        InlinePanel("related_links", label=_("Related artifact")),
    ]
    kept = [
        MultiFieldPanel([FieldPanel("owner_user"), FieldPanel("owner_group")], heading=_("Owner")),
        FieldPanel("review_interval_days"),
        FieldPanel("as_of"),
        FieldPanel("licence"),
        PageChooserPanel("superseded_by", "catalog.Artifact"),
    ]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(found, heading=_("How it is found")),
            ObjectList(kept, heading=_("Who keeps it")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            # Dates of publication and comments; both stand in the side panels.
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
