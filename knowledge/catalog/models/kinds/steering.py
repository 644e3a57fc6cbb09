"""Kinds that decide and steer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from knowledge.catalog.bodies import body
from knowledge.catalog.fields import BodyField
from knowledge.catalog.kinds import DecisionStatus, Kind
from knowledge.catalog.models.artifact import Artifact, artifact_tabs
from knowledge.catalog.requirements import needs


def _has_all_layers(value) -> bool:  # type: ignore[no-untyped-def]
    named = {layer.get("layer") for layer in value.get("layers") or []}
    return {"portfolio", "program", "team"} <= named


class DecisionFrameworkPage(Artifact):
    """Questions or weighed criteria that lead to an outcome, and who decides it."""

    KIND = Kind.DECISION_FRAMEWORK
    REQUIREMENTS = (
        needs(_("Decision tree or matrix"), "decision_tree", "decision_matrix"),
        needs(_("Decision rights"), "decision_rights"),
        needs(_("Risk thresholds"), "thresholds"),
        needs(_("Escalation"), "escalation"),
    )

    body = BodyField(
        body("decision_tree", "decision_matrix", "decision_rights", "thresholds", "escalation"),
        blank=True,
    )

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("decision framework")


class GovernanceModelPage(Artifact):
    """Which role approves what, on each layer."""

    KIND = Kind.GOVERNANCE_MODEL
    REQUIREMENTS = (
        needs(_("Layers: portfolio, program and team"), "layers", test=_has_all_layers),
        needs(_("Roles"), "roles"),
        needs(_("Decision rights"), "decision_rights"),
    )

    body = BodyField(body("layers", "roles", "decision_rights"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("governance model")


class OperatingModelPage(Artifact):
    """One central standard and the local variants with their owners."""

    KIND = Kind.OPERATING_MODEL
    REQUIREMENTS = (
        needs(_("Central standard"), "standard"),
        needs(_("Local variants"), "variants"),
    )

    body = BodyField(body("standard", "variants"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("operating model")


class PerformanceSystemPage(Artifact):
    """Metrics with unit, target, direction and source."""

    KIND = Kind.PERFORMANCE_SYSTEM
    REQUIREMENTS = (needs(_("Metrics"), "metrics"),)

    body = BodyField(body("metrics", "goals"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("performance system")


class DecisionRecordPage(Artifact):
    """One significant choice, with its reasons (an ADR)."""

    KIND = Kind.DECISION_RECORD
    REQUIREMENTS = (
        needs(_("Context"), "context"),
        needs(_("Decision"), "decision"),
        needs(_("Consequences"), "consequences"),
    )

    body = BodyField(body("context", "options_considered", "decision", "consequences"), blank=True)
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=DecisionStatus.choices,
        default=DecisionStatus.PROPOSED,
    )

    def clean(self) -> None:
        super().clean()
        if self.superseded_by_id:
            self.status = DecisionStatus.SUPERSEDED

    edit_handler = artifact_tabs(FieldPanel("status"), needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("decision record")


class AssessmentPage(Artifact):
    """Questions by pillar, levels, and which artifacts answer a low score."""

    KIND = Kind.ASSESSMENT
    REQUIREMENTS = (needs(_("Assessment"), "assessment"),)

    body = BodyField(body("assessment"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("assessment")
