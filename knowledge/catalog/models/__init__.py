"""Models of the catalogue. Import them from here."""

from knowledge.catalog.models.artifact import Artifact, RelatedArtifact
from knowledge.catalog.models.faq import FaqEntryPage, FaqGroup, FaqPage
from knowledge.catalog.models.kinds.plans import ActionPlanPage, RecoveryPlanPage, RolloutPlanPage
from knowledge.catalog.models.kinds.procedures import (
    BlueprintPage,
    ChecklistPage,
    PlaybookPage,
    RunbookPage,
    SopPage,
    TemplatePage,
)
from knowledge.catalog.models.kinds.reading import ArticlePage, GuidePage, SquadPage, TopicHubPage
from knowledge.catalog.models.kinds.steering import (
    AssessmentPage,
    DecisionFrameworkPage,
    DecisionRecordPage,
    GovernanceModelPage,
    OperatingModelPage,
    PerformanceSystemPage,
)
from knowledge.catalog.models.sections import CategoryPage, HomePage, SectionPage
from knowledge.catalog.models.taxonomy import Audience, Industry, Region, Tag, TaggedArtifact, Tool

__all__ = [
    "ActionPlanPage",
    "Artifact",
    "ArticlePage",
    "AssessmentPage",
    "Audience",
    "BlueprintPage",
    "CategoryPage",
    "ChecklistPage",
    "DecisionFrameworkPage",
    "DecisionRecordPage",
    "FaqEntryPage",
    "FaqGroup",
    "FaqPage",
    "GovernanceModelPage",
    "GuidePage",
    "HomePage",
    "Industry",
    "OperatingModelPage",
    "PerformanceSystemPage",
    "PlaybookPage",
    "RecoveryPlanPage",
    "Region",
    "RelatedArtifact",
    "RolloutPlanPage",
    "RunbookPage",
    "SectionPage",
    "SopPage",
    "SquadPage",
    "Tag",
    "TaggedArtifact",
    "TemplatePage",
    "Tool",
    "TopicHubPage",
]
