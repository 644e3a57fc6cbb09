"""The form of questions and answers about weighted matrices. Names are a contract: only add."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from knowledge.practice.api.fields import (
    IdField,
    ListQuery,
    Person,
    PersonField,
    RevisionField,
    TeamField,
)
from knowledge.practice.api.shapes import RecordShape
from knowledge.practice.models.decisions import NAME_CHARS, TEXT_CHARS
from knowledge.practice.weighing.models import Weighing
from knowledge.practice.weighing.selectors import Shown
from knowledge.practice.weighing.services import OPTION_CHARS

NUMBER_CHARS = 12


class MatrixQuery(ListQuery):
    decided = serializers.BooleanField(required=False, allow_null=True, default=None)


class OpenMatrix(serializers.Serializer):
    artifact = IdField(help_text="Id of an artifact with a weighted matrix.")
    name = serializers.CharField(max_length=NAME_CHARS, help_text="What is decided.")
    options = serializers.ListField(
        child=serializers.CharField(max_length=OPTION_CHARS),
        required=False,
        help_text="Without them those of the artifact.",
    )
    weights = serializers.DictField(
        child=serializers.CharField(max_length=NUMBER_CHARS),
        required=False,
        help_text="By the name of the criterion; those of the artifact for what is left out.",
    )
    is_open = serializers.BooleanField(default=False)
    team = TeamField()


class GiveScores(serializers.Serializer):
    scores = serializers.DictField(
        child=serializers.CharField(max_length=NUMBER_CHARS),
        help_text="All of them, by “option.criterion”, both counted from 0.",
    )
    revision = RevisionField(help_text="Of your own scores; 0 as long as there are none.")


class Decide(serializers.Serializer):
    option = serializers.CharField(max_length=OPTION_CHARS)
    reason = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=TEXT_CHARS,
        help_text="Needed when it is not the first of the ranking.",
    )
    context = serializers.CharField(  # type: ignore[assignment]  # a field of that name
        default="", allow_blank=True, max_length=TEXT_CHARS
    )
    right = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=120,
        help_text="Role of one of the decision rights.",
    )
    measured = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=NUMBER_CHARS),
        required=False,
        help_text="By the measure of the threshold.",
    )
    approver = PersonField(
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="User name or mail address. Has all roles that are not in `approvers`.",
    )
    approvers = serializers.DictField(
        child=PersonField(),
        required=False,
        help_text="Who approves, by the role of the right or of a threshold that is crossed.",
    )


class MatrixShape(RecordShape):
    page = "weighing:show"

    owner = Person(allow_null=True)
    opened_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decision = serializers.IntegerField(source="decision_id", allow_null=True)


class Criterion(serializers.Serializer):
    name = serializers.CharField()
    weight = serializers.CharField()
    help = serializers.CharField()


class Right(serializers.Serializer):
    decision = serializers.CharField()
    role = serializers.CharField()


class ThresholdShape(serializers.Serializer):
    measure = serializers.CharField()
    limit = serializers.CharField(help_text="In words.")
    consequence = serializers.CharField()
    role = serializers.CharField(help_text="Who approves, too, when it is crossed.")


class Place(serializers.Serializer):
    option = serializers.CharField(source="name")
    total = serializers.CharField()
    is_first = serializers.BooleanField()


class MatrixInFull(MatrixShape):
    """With its criteria, your own scores, and the ranking once you may see it."""

    is_lead = serializers.SerializerMethodField(help_text="Whether you invite and decide.")
    criteria = Criterion(many=True)
    options = serializers.ListField(child=serializers.CharField())
    scale_max = serializers.IntegerField()
    given = serializers.SerializerMethodField(help_text="How many have scored it.")
    scores = serializers.SerializerMethodField(help_text="Your own, by “option.criterion”.")
    revision = serializers.SerializerMethodField(help_text="Of your own scores.")
    ranking = serializers.SerializerMethodField(help_text="Null while you may not see it.")
    how_firm = serializers.SerializerMethodField(help_text="Sentences on how firm the ranking is.")
    rights = serializers.SerializerMethodField()
    thresholds = serializers.SerializerMethodField()

    @property
    def _shown(self) -> Shown:
        shown: Shown = self.context["shown"]
        return shown

    def get_is_lead(self, row: Weighing) -> bool:
        return self._shown.is_lead

    def get_given(self, row: Weighing) -> int:
        return self._shown.given

    def get_scores(self, row: Weighing) -> dict[str, str]:
        return dict(self._shown.mine.scores) if self._shown.mine else {}

    def get_revision(self, row: Weighing) -> int:
        return self._shown.mine.revision if self._shown.mine else 0

    @extend_schema_field(Place(many=True, allow_null=True))
    def get_ranking(self, row: Weighing) -> Any:
        outcome = self._shown.outcome
        return Place(outcome.lines, many=True).data if outcome else None

    def get_how_firm(self, row: Weighing) -> list[str]:
        return list(self._shown.outcome.firm) if self._shown.outcome else []

    @extend_schema_field(Right(many=True))
    def get_rights(self, row: Weighing) -> Any:
        return [{"decision": what, "role": role} for what, role in self.context["rights"]]

    @extend_schema_field(ThresholdShape(many=True))
    def get_thresholds(self, row: Weighing) -> Any:
        return ThresholdShape(self.context["thresholds"], many=True).data
