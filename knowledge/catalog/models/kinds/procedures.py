"""Kinds that say how something is done."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PageChooserPanel

from knowledge.catalog.bodies import body
from knowledge.catalog.fields import BodyField
from knowledge.catalog.kinds import Kind
from knowledge.catalog.models.artifact import Artifact, artifact_tabs
from knowledge.catalog.requirements import needs


def _has_role_with_duty(value) -> bool:  # type: ignore[no-untyped-def]
    return any(role.get("responsibilities") for role in value.get("roles") or [])


class PlaybookPage(Artifact):
    """How to run an activity from start to finish: who does what, to which outcome."""

    KIND = Kind.PLAYBOOK
    REQUIREMENTS = (
        needs(_("Roles with responsibilities"), "roles", test=_has_role_with_duty),
        needs(_("Steps"), "steps"),
    )

    body = BodyField(body("roles", "steps"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("playbook")


class RunbookPage(Artifact):
    """What to do when a certain thing happens, with command, check and rollback."""

    KIND = Kind.RUNBOOK
    REQUIREMENTS = (
        needs(_("Trigger"), "trigger"),
        needs(_("Diagnosis"), "diagnosis"),
        needs(_("Actions"), "actions"),
        needs(_("Verification"), "verification"),
        needs(_("Escalation"), "escalation"),
    )

    body = BodyField(
        body("trigger", "diagnosis", "actions", "verification", "escalation", "failure_modes"),
        blank=True,
    )

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("runbook")


class ChecklistPage(Artifact):
    """Steps to tick off; procedures link to it, and it links back."""

    KIND = Kind.CHECKLIST
    REQUIREMENTS = (needs(_("Checklist"), "checklist"),)

    body = BodyField(body("checklist"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("checklist")


class SopPage(Artifact):
    """A procedure that must be followed, with its controls and its checklist."""

    KIND = Kind.SOP
    REQUIREMENTS = (
        needs(_("Purpose"), "purpose"),
        needs(_("Scope"), "scope"),
        needs(_("Steps"), "steps"),
        needs(_("Controls"), "controls"),
    )
    REQUIRED_FIELDS = ("linked_checklist",)

    body = BodyField(body("purpose", "scope", "steps", "controls"), blank=True)
    linked_checklist = models.ForeignKey(
        ChecklistPage,
        verbose_name=_("linked checklist"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="procedures",
    )

    edit_handler = artifact_tabs(
        PageChooserPanel("linked_checklist", "catalog.ChecklistPage"), needs=REQUIREMENTS
    )
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("standard operating procedure")
        verbose_name_plural = _("standard operating procedures")


class TemplatePage(Artifact):
    """Fields to fill and the document that comes of them."""

    KIND = Kind.TEMPLATE
    REQUIREMENTS = (
        needs(_("Fields to fill"), "variables"),
        needs(_("Document"), "document_body"),
    )

    body = BodyField(body("variables", "document_body"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("template")


class BlueprintPage(Artifact):
    """What goes in, what is done to it, what comes out, and which gates it passes."""

    KIND = Kind.BLUEPRINT
    REQUIREMENTS = (
        needs(_("Inputs"), "inputs"),
        needs(_("Transformations"), "transformations"),
        needs(_("Outputs"), "outputs"),
        needs(_("Quality gates"), "quality_gates"),
    )

    body = BodyField(body("inputs", "transformations", "outputs", "quality_gates"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("blueprint")
