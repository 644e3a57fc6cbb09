"""Kinds that are read more than followed."""

from django.utils.translation import gettext_lazy as _

from knowledge.catalog.bodies import body
from knowledge.catalog.fields import BodyField
from knowledge.catalog.kinds import Kind
from knowledge.catalog.models.artifact import Artifact, artifact_tabs
from knowledge.catalog.requirements import needs


class GuidePage(Artifact):
    """A guide or a pattern, with the artifacts that apply it."""

    KIND = Kind.GUIDE
    REQUIREMENTS = (
        needs(_("Overview"), "overview"),
        needs(
            _("Steps, text or related artifacts"),
            "steps",
            "paragraph",
            "markdown",
            "related",
            "heading",
        ),
    )

    body = BodyField(body("overview", "steps", "related"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("guide")


class ArticlePage(Artifact):
    """A longer text with its key takeaways."""

    KIND = Kind.ARTICLE
    REQUIREMENTS = (
        needs(_("Key takeaways"), "takeaways"),
        needs(_("Text"), "paragraph", "markdown"),
    )

    body = BodyField(body("takeaways", "metrics", "claim"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("article")


class SquadPage(Artifact):
    """A team: members, workflow, use cases, first steps."""

    KIND = Kind.SQUAD
    REQUIREMENTS = (
        needs(_("Overview"), "overview"),
        needs(_("Members"), "roles"),
        needs(_("Workflow steps"), "steps"),
        needs(_("Use cases"), "use_cases"),
    )

    body = BodyField(body("overview", "roles", "steps", "use_cases"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("squad profile")


class TopicHubPage(Artifact):
    """All about one topic, with the ways on."""

    KIND = Kind.TOPIC_HUB
    REQUIREMENTS = (
        needs(_("Summary"), "summary"),
        needs(_("Related artifacts"), "related"),
    )

    body = BodyField(body("summary", "related"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("topic hub")
