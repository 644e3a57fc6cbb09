"""Models of reviewing. Import them from here."""

from knowledge.governance.reviewing.models.absences import Absence
from knowledge.governance.reviewing.models.assignments import Assignment
from knowledge.governance.reviewing.models.base import ReviewTask
from knowledge.governance.reviewing.models.chasers import Chaser
from knowledge.governance.reviewing.models.invitations import Invitation
from knowledge.governance.reviewing.models.sections import SectionRule
from knowledge.governance.reviewing.models.steps import (
    DecisionRightTask,
    PeerReviewTask,
    QualityGateState,
    QualityGateTask,
    SecurityReviewTask,
)

__all__ = [
    "Absence",
    "Assignment",
    "Chaser",
    "DecisionRightTask",
    "Invitation",
    "PeerReviewTask",
    "QualityGateState",
    "QualityGateTask",
    "ReviewTask",
    "SectionRule",
    "SecurityReviewTask",
]
