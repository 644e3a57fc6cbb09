"""Who approved a version before it was published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import TaskState

from knowledge.catalog.people import called
from knowledge.governance.models import Version


@dataclass(frozen=True, slots=True)
class Approval:
    step: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Approved:
    """``approvals`` is empty of what was published without a review."""

    approvals: list[Approval]
    published_by: str
    published_at: datetime


def of_version(*, page_id: Any, number: str) -> Approved | None:
    """None of a version that is not kept. Two queries."""
    versions = Version.objects.select_related("published_by")
    version = versions.filter(page=page_id, number=number).first()
    if version is None:
        return None
    states = TaskState.objects.filter(
        revision=version.revision_id, status=TaskState.STATUS_APPROVED
    ).select_related("task", "finished_by")
    return Approved(
        approvals=[
            Approval(state.task.name, called(state.finished_by), state.finished_at)
            for state in states.order_by("finished_at", "pk")
        ],
        published_by=called(version.published_by),
        published_at=version.published_at,
    )
