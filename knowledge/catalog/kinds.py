"""The kinds of artifact and the small closed scales. Taxonomies that owners extend are models."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The value is the slug in addresses, filters, icons and files."""

    PLAYBOOK = "playbook", _("Playbook")
    TEMPLATE = "template", _("Template")
    RUNBOOK = "runbook", _("Runbook")
    SOP = "sop", _("Standard operating procedure")
    CHECKLIST = "checklist", _("Checklist")
    DECISION_FRAMEWORK = "decision-framework", _("Decision framework")
    GOVERNANCE_MODEL = "governance-model", _("Governance model")
    BLUEPRINT = "blueprint", _("Blueprint")
    ACTION_PLAN = "action-plan", _("Action plan")
    OPERATING_MODEL = "operating-model", _("Operating model")
    PERFORMANCE_SYSTEM = "performance-system", _("Performance system")
    ROLLOUT_PLAN = "rollout-plan", _("Rollout plan")
    RECOVERY_PLAN = "recovery-plan", _("Recovery plan")
    GUIDE = "guide", _("Guide")
    ARTICLE = "article", _("Article")
    SQUAD = "squad", _("Squad profile")
    DECISION_RECORD = "decision-record", _("Decision record")
    ASSESSMENT = "assessment", _("Assessment")
    TOPIC_HUB = "topic-hub", _("Topic hub")
    FAQ = "faq", _("Answer")


class Maturity(models.IntegerChoices):
    """CMMI's five levels, by their names in that model."""

    INITIAL = 1, _("Initial")
    MANAGED = 2, _("Managed")
    DEFINED = 3, _("Defined")
    QUANTITATIVELY_MANAGED = 4, _("Quantitatively managed")
    OPTIMIZING = 5, _("Optimizing")


class RiskTolerance(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class TeamScale(models.TextChoices):
    SOLO = "solo", _("One person")
    TEAM = "team", _("Team")
    DEPARTMENT = "department", _("Department")
    ORGANISATION = "organisation", _("Organisation")


class DecisionStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    DEPRECATED = "deprecated", _("Deprecated")
    SUPERSEDED = "superseded", _("Superseded")


class Effort(models.TextChoices):
    """Bands of ``effort_minutes`` that people filter by; the upper bounds are in EFFORT_BOUNDS."""

    QUICK = "under-30-minutes", _("Under 30 minutes")
    HOURS = "half-a-day", _("Up to half a day")
    DAYS = "up-to-a-week", _("Up to a week")
    WEEKS = "longer", _("Longer than a week")


# Working time: a day has 8 hours, a week 5 days.
EFFORT_BOUNDS = ((30, Effort.QUICK), (240, Effort.HOURS), (2400, Effort.DAYS))


def effort_band(minutes: int | None) -> Effort | None:
    """The band that so many minutes of work fall into; None when the effort is unknown."""
    if minutes is None:
        return None
    for bound, band in EFFORT_BOUNDS:
        if minutes < bound or (minutes == bound and band is not Effort.QUICK):
            return band
    return Effort.WEEKS
