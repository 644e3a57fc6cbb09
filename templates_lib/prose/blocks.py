"""The prose family. Import its blocks from here."""

from templates_lib.prose.evidence import ClaimBlock, QuoteBlock, TakeawaysBlock
from templates_lib.prose.figures import CodeBlock, DiagramBlock, TableBlock
from templates_lib.prose.narrative import (
    ConsequencesBlock,
    ContextBlock,
    DecisionBlock,
    OverviewBlock,
    PurposeBlock,
    ScopeBlock,
    StandardBlock,
    SummaryBlock,
    UseCasesBlock,
)
from templates_lib.prose.text import CalloutBlock, HeadingBlock, MarkdownBlock, ParagraphBlock

__all__ = [
    "CalloutBlock",
    "ClaimBlock",
    "CodeBlock",
    "ConsequencesBlock",
    "ContextBlock",
    "DecisionBlock",
    "DiagramBlock",
    "HeadingBlock",
    "MarkdownBlock",
    "OverviewBlock",
    "ParagraphBlock",
    "PurposeBlock",
    "QuoteBlock",
    "ScopeBlock",
    "StandardBlock",
    "SummaryBlock",
    "TableBlock",
    "TakeawaysBlock",
    "UseCasesBlock",
]
