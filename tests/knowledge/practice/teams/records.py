"""The six records that a team may have, each made, asked for and found in the same way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from knowledge.catalog.models import (
    Artifact,
    AssessmentPage,
    ChecklistPage,
    DecisionFrameworkPage,
    PlaybookPage,
    TemplatePage,
)
from knowledge.practice import permissions
from knowledge.practice.assessments import permissions as of_rounds
from knowledge.practice.assessments import services as rounds
from knowledge.practice.assessments.models import Round
from knowledge.practice.copies import permissions as of_copies
from knowledge.practice.copies import services as copies
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.models import Decision, Run
from knowledge.practice.programs import permissions as of_programs
from knowledge.practice.programs import services as programs
from knowledge.practice.programs.models import ProgramRun
from knowledge.practice.services import decisions, runs
from knowledge.practice.weighing import permissions as of_weighings
from knowledge.practice.weighing import services as weighings
from knowledge.practice.weighing.models import Weighing
from tests.factories import ArtifactFactory, part

NAME = "Zebrafish release"
STAY = {"a.data": "No", "a.users": "12"}
MATRIX = {
    "title": "Which model?",
    "scale_max": 5,
    "criteria": [{"name": "Quality", "weight": "3"}],
    "options": [{"name": name, "scores": []} for name in ("Large", "Small")],
}
TREE = part(DecisionFrameworkPage, "decision_tree")


@dataclass(frozen=True)
class Kind:
    """``begin(page, by, name, is_open, team)``; ``start``, ``listed`` and ``shown`` are addresses."""

    model: type[Any]
    page: Callable[..., Artifact]
    begin: Callable[..., Any]
    readable: Callable[..., Any]
    may_read: Callable[..., bool]
    start: str
    listed: str
    shown: str

    def make(self, by: Any, page: Any = None, **more: Any) -> Any:
        more.setdefault("is_open", False)
        return self.begin(page=page or self.page(), by=by, **{"name": NAME, **more})


def _page(model: type[Artifact], *body: Any) -> Callable[..., Artifact]:
    return lambda **fields: ArtifactFactory.of(model, body=list(body), **fields)


def _copy(*, is_open: bool, by: Any, **given: Any) -> FilledCopy:
    made = copies.begin(by=by, answers={}, **given)
    return copies.set_open(copy=made, by=by, is_open=is_open)


def _weighing(**given: Any) -> Weighing:
    return weighings.begin(weights=["3"], options=["Large", "Small"], **given)


def _decision(*, page: Any, **given: Any) -> Decision:
    return decisions.record(page=page.specific, answers=STAY, reasons={}, **given)


def _program(**given: Any) -> ProgramRun:
    given["page"] = given["page"].specific
    return programs.start(at=timezone.now(), **given)


def _may_join_program(row: ProgramRun, user: Any, access: Any) -> bool:
    """There is no predicate of its own."""
    return of_programs.joinable(ProgramRun.objects.filter(pk=row.pk), user, access).exists()


RECORDS = {
    "run": Kind(
        Run,
        _page(ChecklistPage, part(ChecklistPage, "checklist")),
        runs.start,
        permissions.joinable,
        permissions.may_join,
        "/runs/start/{}/",
        "/runs/",
        "/runs/{}/",
    ),
    "decision": Kind(
        Decision,
        _page(DecisionFrameworkPage, TREE),
        _decision,
        permissions.readable,
        permissions.may_read,
        "/decisions/walk/{}/?a.data=No&a.users=12",
        "/decisions/",
        "/decisions/{}/",
    ),
    "copy": Kind(
        FilledCopy,
        _page(TemplatePage, part(TemplatePage, "variables"), part(TemplatePage, "document_body")),
        _copy,
        of_copies.readable,
        of_copies.may_read,
        "/copies/new/{}/",
        "/copies/",
        "/copies/{}/",
    ),
    "round": Kind(
        Round,
        _page(AssessmentPage, part(AssessmentPage, "assessment")),
        rounds.begin,
        of_rounds.readable,
        of_rounds.may_read,
        "/assessments/start/{}/",
        "/assessments/",
        "/assessments/{}/",
    ),
    "matrix": Kind(
        Weighing,
        _page(DecisionFrameworkPage, {"type": "decision_matrix", "value": MATRIX}),
        _weighing,
        of_weighings.readable,
        of_weighings.may_read,
        "/decisions/weigh/start/{}/",
        "/decisions/weigh/",
        "/decisions/weigh/{}/",
    ),
    "program": Kind(
        ProgramRun,
        _page(
            PlaybookPage,
            {"type": "program", "value": {"parts": [{"url": "https://example.org/course"}]}},
        ),
        _program,
        of_programs.joinable,
        _may_join_program,
        "/programs/start/{}/",
        "/programs/",
        "/programs/{}/",
    ),
}
