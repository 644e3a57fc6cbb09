"""Kinds that plan over time."""

from django.utils.translation import gettext_lazy as _

from knowledge.catalog.bodies import body
from knowledge.catalog.fields import BodyField
from knowledge.catalog.kinds import Kind
from knowledge.catalog.models.artifact import Artifact, artifact_tabs
from knowledge.catalog.requirements import needs


class ActionPlanPage(Artifact):
    """Tasks with owner and due date, and milestones."""

    KIND = Kind.ACTION_PLAN
    REQUIREMENTS = (
        needs(_("Tasks"), "tasks"),
        needs(_("Milestones"), "milestones"),
    )

    body = BodyField(body("tasks", "milestones"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("action plan")


class RolloutPlanPage(Artifact):
    """Stages from pilot to full, each with its exit rule and its way back."""

    KIND = Kind.ROLLOUT_PLAN
    REQUIREMENTS = (needs(_("Stages with exit rule and rollback"), "stages"),)

    body = BodyField(body("stages"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("rollout plan")


class RecoveryPlanPage(Artifact):
    """What is paused, reverted, audited and rebuilt, and when."""

    KIND = Kind.RECOVERY_PLAN
    REQUIREMENTS = (needs(_("Timeline"), "timeline"),)

    body = BodyField(body("timeline", "checklist"), blank=True)

    edit_handler = artifact_tabs(needs=REQUIREMENTS)
    parent_page_types = ["catalog.CategoryPage", "catalog.SectionPage"]
    subpage_types: list[str] = []
    template = Artifact.template

    class Meta:
        verbose_name = _("recovery plan")
