"""Which blocks the body of each kind may hold.

A block is created once and shared by all kinds that use it. What every artifact may use comes
after the blocks that are typical for the kind.
"""

from wagtail import blocks

from templates_lib.assessments.blocks import AssessmentBlock
from templates_lib.blueprints.blocks import (
    InputsBlock,
    OutputsBlock,
    TransformationsBlock,
    VariantsBlock,
)
from templates_lib.checklists.blocks import ChecklistBlock
from templates_lib.communication.blocks import BlufBlock, CommunicationMatrixBlock
from templates_lib.comparisons.blocks import ComparisonBlock, FitBlock
from templates_lib.decisions.blocks import (
    DecisionMatrixBlock,
    DecisionTreeBlock,
    OptionsConsideredBlock,
    ThresholdsBlock,
)
from templates_lib.faq.blocks import FaqBlock
from templates_lib.gates.blocks import ControlsBlock, QualityGatesBlock
from templates_lib.links.blocks import CallToActionBlock, ProgramBlock, RelatedBlock
from templates_lib.media.blocks import EmbedBlock, FileBlock, ImageBlock
from templates_lib.metrics.blocks import GoalsBlock, MetricsBlock
from templates_lib.plans.blocks import (
    CadenceBlock,
    MilestonesBlock,
    StagesBlock,
    TasksBlock,
    TimelineBlock,
)
from templates_lib.prose.blocks import (
    CalloutBlock,
    ClaimBlock,
    CodeBlock,
    ConsequencesBlock,
    ContextBlock,
    DecisionBlock,
    DiagramBlock,
    HeadingBlock,
    MarkdownBlock,
    OverviewBlock,
    ParagraphBlock,
    PurposeBlock,
    QuoteBlock,
    ScopeBlock,
    StandardBlock,
    SummaryBlock,
    TableBlock,
    TakeawaysBlock,
    UseCasesBlock,
)
from templates_lib.roles.blocks import (
    DecisionRightsBlock,
    EscalationBlock,
    LayersBlock,
    RaciBlock,
    RolesBlock,
)
from templates_lib.runbooks.blocks import (
    ActionsBlock,
    DiagnosisBlock,
    FailureModesBlock,
    TriggerBlock,
    VerificationBlock,
)
from templates_lib.signals.blocks import PitfallsBlock, SignalsBlock
from templates_lib.steps.blocks import (
    HandoffsBlock,
    StepsBlock,
    SuccessCriteriaBlock,
    WorkflowBlock,
)
from templates_lib.variables.blocks import DocumentBodyBlock, VariablesBlock

PROSE = {
    "heading": HeadingBlock(),
    "paragraph": ParagraphBlock(),
    "markdown": MarkdownBlock(),
    "callout": CalloutBlock(),
    "code": CodeBlock(),
    "quote": QuoteBlock(),
    "table": TableBlock(),
    "diagram": DiagramBlock(),
    "image": ImageBlock(),
    "file": FileBlock(),
    "embed": EmbedBlock(),
}
COMMON = {
    "overview": OverviewBlock(),
    "summary": SummaryBlock(),
    "purpose": PurposeBlock(),
    "scope": ScopeBlock(),
    "context": ContextBlock(),
    "decision": DecisionBlock(),
    "consequences": ConsequencesBlock(),
    "standard": StandardBlock(),
    "takeaways": TakeawaysBlock(),
    "claim": ClaimBlock(),
    "use_cases": UseCasesBlock(),
    "roles": RolesBlock(),
    "raci": RaciBlock(),
    "decision_rights": DecisionRightsBlock(),
    "escalation": EscalationBlock(),
    "layers": LayersBlock(),
    "steps": StepsBlock(),
    "success_criteria": SuccessCriteriaBlock(),
    "handoffs": HandoffsBlock(),
    "workflow": WorkflowBlock(),
    "trigger": TriggerBlock(),
    "diagnosis": DiagnosisBlock(),
    "actions": ActionsBlock(),
    "verification": VerificationBlock(),
    "failure_modes": FailureModesBlock(),
    "checklist": ChecklistBlock(),
    "decision_tree": DecisionTreeBlock(),
    "decision_matrix": DecisionMatrixBlock(),
    "thresholds": ThresholdsBlock(),
    "options_considered": OptionsConsideredBlock(),
    "quality_gates": QualityGatesBlock(),
    "controls": ControlsBlock(),
    "metrics": MetricsBlock(),
    "goals": GoalsBlock(),
    "variables": VariablesBlock(),
    "document_body": DocumentBodyBlock(),
    "tasks": TasksBlock(),
    "milestones": MilestonesBlock(),
    "stages": StagesBlock(),
    "timeline": TimelineBlock(),
    "cadence": CadenceBlock(),
    "inputs": InputsBlock(),
    "transformations": TransformationsBlock(),
    "outputs": OutputsBlock(),
    "variants": VariantsBlock(),
    "comparison": ComparisonBlock(),
    "fit": FitBlock(),
    "communication_matrix": CommunicationMatrixBlock(),
    "bluf": BlufBlock(),
    "faq": FaqBlock(),
    "related": RelatedBlock(),
    "program": ProgramBlock(),
    "call_to_action": CallToActionBlock(),
    "signals": SignalsBlock(),
    "pitfalls": PitfallsBlock(),
    "assessment": AssessmentBlock(),
}
LIBRARY = {**PROSE, **COMMON}


def body(*first: str) -> blocks.StreamBlock:
    """All blocks of the library, those named by the kind at the top of the picker."""
    order = [*first, *(name for name in LIBRARY if name not in first)]
    return blocks.StreamBlock([(name, LIBRARY[name]) for name in order], required=False)


def answer_body() -> blocks.StreamBlock:
    """What an answer of the FAQ may hold: prose and its companions."""
    names = [*PROSE, "comparison", "steps", "related", "claim"]
    return blocks.StreamBlock([(name, LIBRARY[name]) for name in names], required=False)
