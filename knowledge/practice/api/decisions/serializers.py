"""The form of questions and answers about decisions. Names are a contract: only add."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from knowledge.practice.api.fields import (
    IdField,
    ListQuery,
    Person,
    PersonField,
    TeamField,
)
from knowledge.practice.api.shapes import RecordShape
from knowledge.practice.models import Decision
from knowledge.practice.models.decisions import NAME_CHARS, TEXT_CHARS
from knowledge.practice.selectors.decisions import ShownDecision

ANSWER_CHARS = 300


class DecisionQuery(ListQuery):
    state = serializers.ChoiceField(choices=Decision.State.choices, required=False)
    waiting = serializers.BooleanField(
        default=False, help_text="Only what waits for your approval."
    )


class AskWalk(serializers.Serializer):
    artifact = IdField(help_text="Id of a decision framework.")
    answers = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=ANSWER_CHARS),
        required=False,
        help_text="What was said so far, by the key of the question.",
    )


class RecordDecision(AskWalk):
    name = serializers.CharField(max_length=NAME_CHARS, help_text="The case that is decided.")
    context = serializers.CharField(  # type: ignore[assignment]  # a field of that name
        default="", allow_blank=True, max_length=TEXT_CHARS
    )
    reasons = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=TEXT_CHARS),
        required=False,
        help_text="Why so, by the key of the question.",
    )
    approver = PersonField(
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="User name or mail address. Needed where the outcome names a role that approves.",
    )
    escalate_to = PersonField(
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="Who has the role to which it is escalated when nobody approves in time.",
    )
    is_open = serializers.BooleanField(default=True)
    team = TeamField()
    supersedes = IdField(
        required=False, allow_null=True, help_text="Id of your decision that this one replaces."
    )

    def validate_name(self, name: str) -> str:
        return " ".join(name.split())


class Verdict(serializers.Serializer):
    approve = serializers.BooleanField()
    note = serializers.CharField(
        default="", allow_blank=True, max_length=TEXT_CHARS, help_text="Needed when not approved."
    )


class WalkChoice(serializers.Serializer):
    value = serializers.CharField(help_text="Send this.")
    label = serializers.CharField(help_text="Show this.")  # type: ignore[assignment]  # a field of that name


class Question(serializers.Serializer):
    key = serializers.CharField()
    question = serializers.CharField()
    help = serializers.CharField()
    is_number = serializers.BooleanField(help_text="Whether a number is asked, with a point.")
    unit = serializers.CharField()
    choices = WalkChoice(many=True, help_text="Of a number question: what the limits lead to.")


class PathStep(serializers.Serializer):
    key = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField()


class WalkOutcome(serializers.Serializer):
    title = serializers.CharField()
    detail = serializers.CharField(help_text="HTML, safe to show.")
    tone = serializers.CharField()
    approver_role = serializers.CharField(help_text="Who has to approve; empty: nobody.")
    escalate_to_role = serializers.CharField()
    within_minutes = serializers.IntegerField(allow_null=True)


class WalkShape(serializers.Serializer):
    """Either the next question or the outcome."""

    artifact = serializers.IntegerField()
    version = serializers.CharField()
    heading = serializers.CharField()
    path = PathStep(many=True)
    question = Question(allow_null=True)
    outcome = WalkOutcome(allow_null=True)


class DecisionShape(RecordShape):
    page = "practice:decision"

    kind = serializers.CharField()
    outcome = serializers.CharField()
    tone = serializers.CharField()
    state = serializers.ChoiceField(choices=Decision.State.choices)
    decided_by = Person(allow_null=True)
    decided_at = serializers.DateTimeField()
    approver_role = serializers.CharField()
    approver = Person(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)


class TrailStep(serializers.Serializer):
    question = serializers.CharField()
    answer = serializers.CharField()
    said = serializers.CharField()
    reason = serializers.CharField()


class ApprovalShape(serializers.Serializer):
    role = serializers.CharField()
    person = Person(allow_null=True)
    is_given = serializers.BooleanField(
        allow_null=True, help_text="Null: not answered. False: not approved."
    )
    given_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()


class DecisionInFull(DecisionShape):
    """With the way to it. Decisions before and after are named where you may see them."""

    context = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    trail = serializers.SerializerMethodField()
    detail = serializers.SerializerMethodField(help_text="HTML, safe to show.")
    escalate_to_role = serializers.CharField()
    within_minutes = serializers.IntegerField(allow_null=True)
    escalate_to = Person(allow_null=True)
    deadline = serializers.DateTimeField(allow_null=True, help_text="To be approved by then.")
    approvals = serializers.SerializerMethodField(
        help_text="One for each role that approves; it is accepted when all have."
    )
    approval_note = serializers.CharField(help_text="Of who answered last.")
    superseded_by = serializers.SerializerMethodField()
    supersedes = serializers.SerializerMethodField()

    @property
    def _shown(self) -> ShownDecision:
        # The field of that name hides the property from the type checker alone.
        shown: ShownDecision = cast(Any, self).context["shown"]
        return shown

    @extend_schema_field(TrailStep(many=True))
    def get_trail(self, decision: Decision) -> list[dict[str, str]]:
        return list(decision.trail)

    def get_detail(self, decision: Decision) -> str:
        return str(self._shown.detail)

    @extend_schema_field(ApprovalShape(many=True))
    def get_approvals(self, decision: Decision) -> Any:
        return ApprovalShape(self._shown.approvals, many=True).data

    def get_superseded_by(self, decision: Decision) -> int | None:
        successor = self._shown.successor
        return successor.pk if successor else None

    def get_supersedes(self, decision: Decision) -> list[int]:
        return [one.pk for one in self._shown.replaced]
