"""What people do with artifacts, and the record of it."""

from knowledge.practice.models.runs import Run, RunEvent, RunRole, RunStep

__all__ = ["Run", "RunEvent", "RunRole", "RunStep"]
