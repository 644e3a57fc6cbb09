"""Decisions: a tree walked question by question, the record of where it led, and its approval."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from knowledge.catalog.permissions import Access
from knowledge.practice.api.base import PracticeView, first_or_404
from knowledge.practice.api.decisions import examples, serializers
from knowledge.practice.api.fields import narrowed
from knowledge.practice.models import Decision
from knowledge.practice.permissions import readable
from knowledge.practice.selectors import decisions as selectors
from knowledge.practice.selectors.links import links_in
from knowledge.practice.services import decisions as services
from templates_lib.base import Prose
from templates_lib.rendering import rendering
from templates_lib.runnable import source


class DecisionView(PracticeView):
    def readable(self) -> Any:
        rows = Decision.objects.select_related(
            "decided_by", "approver", "escalate_to", "artifact", "team"
        )
        return readable(rows, self.request.user, self.access)

    def decision(self) -> Decision:
        found: Decision = first_or_404(self.readable().filter(pk=self.kwargs["decision_id"]))
        return found

    def in_full(self, decision: Decision) -> Any:
        shown = selectors.show(decision, self.request.user, self.access)
        return serializers.DecisionInFull(decision, context={"shown": shown, "view": self}).data

    def walked(self, said: dict[str, Any]) -> tuple[Any, selectors.Walk]:
        """The framework and the way through it.

        Raises:
            ValidationError: it has no tree, or an answer is none of those that are offered.
        """
        page = self.artifact(said["artifact"])
        answers = said.get("answers", {})
        given = {f"{selectors.PREFIX}{key}": value for key, value in answers.items()}
        way = selectors.walk(page, given)
        if way is None:
            raise ValidationError({"artifact": [_("There is no decision tree in it.")]})
        if way.state.refused:
            key = way.state.question.get("key")
            raise ValidationError({"answers": {key: [_("This is none of the answers.")]}})
        return page, way


class WalkView(DecisionView):
    @extend_schema(
        operation_id="decisions_walk",
        summary="The next question of a decision tree, or where the answers lead; keeps nothing",
        request=serializers.AskWalk,
        responses={200: serializers.WalkShape},
        examples=examples.WALK,
    )
    def post(self, request: Request) -> Response:
        page, way = self.walked(self.said(serializers.AskWalk))
        return Response(serializers.WalkShape(_as_json(page, way, self.access)).data)


class DecisionsView(DecisionView):
    @extend_schema(
        operation_id="decisions",
        summary="Decisions that you may see, the newest first",
        parameters=[serializers.DecisionQuery],
        responses={200: serializers.DecisionShape(many=True)},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(serializers.DecisionQuery)
        rows = self.readable()
        if asked["waiting"]:
            rows = selectors.asking(rows, request.user)
        rows = narrowed(rows, asked, request.user, people="decided_by")
        return self.page_of(rows, serializers.DecisionShape)

    @extend_schema(
        operation_id="decisions_record",
        summary="Keep where the answers lead, or let it replace a decision of yours",
        request=serializers.RecordDecision,
        responses={201: serializers.DecisionInFull},
        examples=examples.RECORD,
    )
    def post(self, request: Request) -> Response:
        said = self.said(serializers.RecordDecision)
        page, way = self.walked(said)
        decision = services.record(
            page=page,
            by=request.user,
            name=said["name"],
            context=said["context"],
            answers=way.given,
            reasons=said.get("reasons", {}),
            approver=said.get("approver"),
            escalate_to=said.get("escalate_to"),
            is_open=said["is_open"],
            team=said.get("team"),
            supersedes=self._before(said.get("supersedes")),
        )
        return Response(self.in_full(decision), status=201)

    def _before(self, decision_id: int | None) -> Decision | None:
        if decision_id is None:
            return None
        decision: Decision | None = self.readable().filter(pk=decision_id).first()
        if decision is None or decision.decided_by_id != self.request.user.pk:
            raise ValidationError({"supersedes": [_("Only who decided it supersedes it.")]})
        return decision


class OneDecisionView(DecisionView):
    @extend_schema(
        operation_id="decision",
        summary="A decision with the way to it",
        responses={200: serializers.DecisionInFull},
    )
    def get(self, request: Request, decision_id: int) -> Response:
        return Response(self.in_full(self.decision()))


class VerdictView(DecisionView):
    @extend_schema(
        operation_id="decision_verdict",
        summary="Approve it, or not, as the one who is named for it",
        request=serializers.Verdict,
        responses={200: serializers.DecisionInFull},
        examples=examples.VERDICT,
    )
    def post(self, request: Request, decision_id: int) -> Response:
        decision, said = self.decision(), self.said(serializers.Verdict)
        services.decide_on(decision=decision, by=request.user, **said)
        return Response(self.in_full(self.decision()))


def _as_json(page: Any, way: selectors.Walk, access: Access) -> dict[str, Any]:
    question, outcome = way.state.question, way.state.outcome
    detail = source(outcome.get("detail")) if outcome else ""
    with rendering(links_in([detail], access)):
        shown = Prose(detail).__html__() if detail else ""
    return {
        "artifact": page.pk,
        "version": page.version,
        "heading": way.heading,
        "path": [
            {
                "key": step.question.get("key"),
                "question": step.question.get("question") or "",
                "answer": selectors.said_in_words(step),
            }
            for step in way.state.path
        ],
        "question": question
        and {
            "key": question.get("key"),
            "question": question.get("question") or "",
            "help": question.get("help") or "",
            "is_number": way.asks_number,
            "unit": question.get("unit") or "",
            "choices": [{"value": value, "label": label} for value, label in way.answers],
        },
        "outcome": outcome
        and {
            "title": outcome.get("title") or "",
            "detail": shown,
            "tone": outcome.get("tone") or "",
            "approver_role": outcome.get("approver_role") or "",
            "escalate_to_role": outcome.get("escalate_to_role") or "",
            "within_minutes": outcome.get("within_minutes"),
        },
    }
