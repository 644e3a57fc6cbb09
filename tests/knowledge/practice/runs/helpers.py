"""A playbook with a gate between its two halves, and runs of it."""

from typing import Any

from knowledge.catalog.models import Artifact, ChecklistPage, PlaybookPage
from knowledge.practice.models import Run, RunStep
from knowledge.practice.services import runs, steps
from tests.factories import ArtifactFactory

GATE = {"name": "Ready", "criterion": "All is green", "approver_role": "Approver"}


def checklist(**fields: Any) -> ChecklistPage:
    """Three steps: one that asks for a note, a plain one, an optional one."""
    return ArtifactFactory.of(
        ChecklistPage,
        title="Release",
        body=[
            {
                "type": "checklist",
                "value": {
                    "title": "Before",
                    "steps": [
                        {"task": "Read the changes", "evidence": "note"},
                        {"task": "Tell support"},
                        {"task": "Warm the cache", "optional": True},
                    ],
                },
            }
        ],
        **fields,
    )


def playbook(**fields: Any) -> PlaybookPage:
    """Prepare, the gate "Ready" for the role Approver, release."""
    return ArtifactFactory.of(
        PlaybookPage,
        title="Launch",
        body=[
            {"type": "steps", "value": {"steps": [{"title": "Prepare", "owner_role": "Lead"}]}},
            {"type": "quality_gates", "value": {"gates": [GATE]}},
            {"type": "steps", "value": {"title": "After", "steps": [{"title": "Release"}]}},
        ],
        **fields,
    )


def start(page: Artifact, by: Any, **fields: Any) -> Run:
    return runs.start(page=page, by=by, name="Shop 4.12", **fields)


def step(run: Run, title: str) -> RunStep:
    return run.steps.get(title=title)


def move(run: Run, title: str, by: Any, to: str = "done", **said: Any) -> RunStep:
    return steps.move(run=run, step_id=step(run, title).pk, by=by, to=to, **said).step
