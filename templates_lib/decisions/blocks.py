"""The decisions family. Import its blocks from here."""

from templates_lib.decisions.matrix_block import DecisionMatrixBlock
from templates_lib.decisions.options import OptionsConsideredBlock, ThresholdsBlock
from templates_lib.decisions.tree_block import DecisionTreeBlock

__all__ = [
    "DecisionMatrixBlock",
    "DecisionTreeBlock",
    "OptionsConsideredBlock",
    "ThresholdsBlock",
]
