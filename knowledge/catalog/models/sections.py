"""The pages that hold artifacts: home, categories and sections."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from knowledge.catalog.models.doors import EndsAtItsDoor

# First parts of addresses that the portal itself answers (docs/contributor.md).
RESERVED_SLUGS = frozenset(
    [
        "account",
        "admin",
        "api",
        "assessments",
        "audiences",
        "copies",
        "django-admin",
        "decisions",
        "diagrams",
        "documents",
        "feedback",
        "feeds",
        "following",
        "healthz",
        "images",
        "industries",
        "kinds",
        "maturity",
        "measures",
        "pilots",
        "media",
        "metrics",
        "programs",
        "reading",
        "regions",
        "reviews",
        "runs",
        "saved",
        "search",
        "static",
        "tags",
        "teams",
        "tools",
        "work",
        "trust",
        "variants",
        "proposals",
        "choose",
        "fill",
        "help",
        "login",
        "logout",
    ]
)


class HomePage(EndsAtItsDoor, Page):
    """The front door. One a site; only categories stand below it."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, "intro"]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["catalog.CategoryPage"]
    max_count = 1
    template = "catalog/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):  # type: ignore[no-untyped-def]
        from knowledge.catalog.selectors import home

        return {**super().get_context(request, *args, **kwargs), **home.context(self, request)}


class SectionBase(EndsAtItsDoor, Page):
    """What categories and sections share: they hold artifacts and are listed with filters."""

    intro = models.CharField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, "intro"]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    subpage_types = [
        "catalog.SectionPage",
        "catalog.FaqPage",
        "catalog.PlaybookPage",
        "catalog.TemplatePage",
        "catalog.RunbookPage",
        "catalog.SopPage",
        "catalog.ChecklistPage",
        "catalog.DecisionFrameworkPage",
        "catalog.GovernanceModelPage",
        "catalog.BlueprintPage",
        "catalog.ActionPlanPage",
        "catalog.OperatingModelPage",
        "catalog.PerformanceSystemPage",
        "catalog.RolloutPlanPage",
        "catalog.RecoveryPlanPage",
        "catalog.GuidePage",
        "catalog.ArticlePage",
        "catalog.SquadPage",
        "catalog.DecisionRecordPage",
        "catalog.AssessmentPage",
        "catalog.TopicHubPage",
    ]

    class Meta:
        abstract = True


class CategoryPage(SectionBase):
    """One of the main shelves: Product, Operations and so on."""

    closely_related = ParentalManyToManyField(
        "self", verbose_name=_("closely related"), blank=True, symmetrical=False, related_name="+"
    )

    content_panels = [*SectionBase.content_panels, FieldPanel("closely_related")]
    parent_page_types = ["catalog.HomePage"]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("“%s” is an address of the portal itself. Choose another.") % self.slug}
            )


class SectionPage(SectionBase):
    """A shelf inside a category, often with rights of its own."""

    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]

    class Meta:
        verbose_name = _("section")
