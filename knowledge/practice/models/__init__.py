"""What people do with artifacts, and the record of it."""

from knowledge.practice.models.decisions import Approval, Decision
from knowledge.practice.models.runs import Run, RunEvent, RunRole, RunStep

__all__ = ["Approval", "Decision", "Run", "RunEvent", "RunRole", "RunStep"]
