"""Questions and answers: an FAQ page with its groups, each answer a page with its own address."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from knowledge.catalog.bodies import PROSE, answer_body
from knowledge.catalog.fields import BodyField
from knowledge.catalog.kinds import Kind
from knowledge.catalog.models.artifact import Artifact, artifact_tabs
from knowledge.catalog.models.doors import EndsAtItsDoor
from knowledge.catalog.requirements import needs


class FaqPage(EndsAtItsDoor, Page):
    """A list of questions in groups. The answers are the pages below it."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [
        *Page.content_panels,
        "intro",
        InlinePanel("groups", label=_("Group of questions")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types = ["catalog.FaqEntryPage"]
    template = "catalog/faq_page.html"

    class Meta:
        verbose_name = _("FAQ page")

    def get_context(self, request, *args, **kwargs):  # type: ignore[no-untyped-def]
        from knowledge.catalog.selectors import faq

        return {**super().get_context(request, *args, **kwargs), **faq.context(self, request)}


class FaqGroup(Orderable):
    page = ParentalKey(FaqPage, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("anchor"), max_length=80)
    panels = ["title", "slug"]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "slug"], name="catalog_faqgroup_slug_once")
        ]

    def __str__(self) -> str:
        return self.title


class FaqEntryPage(Artifact):
    """One question (the title), its short answer (the bottom line) and the answer."""

    KIND = Kind.FAQ
    REQUIREMENTS = (needs(_("Answer"), *PROSE),)

    group = models.SlugField(
        _("group"),
        max_length=80,
        blank=True,
        help_text=_("The anchor of one of the groups of its FAQ page."),
    )
    body = BodyField(answer_body(), blank=True, verbose_name=_("answer"))

    edit_handler = artifact_tabs(FieldPanel("group"), needs=REQUIREMENTS)
    parent_page_types = ["catalog.FaqPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("FAQ answer")

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent() if self.pk else None
        if self.group and parent is not None:
            known = FaqGroup.objects.filter(page_id=parent.pk).values_list("slug", flat=True)
            if self.group not in set(known):
                raise ValidationError({"group": _("This FAQ page has no group “%s”.") % self.group})
