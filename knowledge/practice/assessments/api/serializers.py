"""The form of questions and answers about rounds. Names are a contract: only add."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from knowledge.practice.api.fields import (
    IdField,
    ListQuery,
    Person,
    RevisionField,
    TeamField,
)
from knowledge.practice.api.shapes import RecordShape
from knowledge.practice.assessments.models import NAME_CHARS, Round
from knowledge.practice.assessments.selectors import ShownRound, as_rows


class RoundQuery(ListQuery):
    state = serializers.ChoiceField(choices=Round.State.choices, required=False)


class OpenRound(serializers.Serializer):
    artifact = IdField(help_text="Id of an assessment.")
    name = serializers.CharField(max_length=NAME_CHARS)
    is_open = serializers.BooleanField(default=False)
    team = TeamField()


class GiveAnswers(serializers.Serializer):
    answers = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=99),
        help_text="Step of the scale, from 1, by the key of the question.",
    )
    revision = RevisionField(help_text="Of your own answers; 0 as long as there are none.")
    give = serializers.BooleanField(
        default=True,
        help_text=(
            "False keeps them without giving them: a draft does not count, "
            "answers that were given before do as long as none is missing."
        ),
    )


class RoundShape(RecordShape):
    page = "assessments:round"

    owner = Person(allow_null=True)
    state = serializers.ChoiceField(choices=Round.State.choices)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class QuestionShape(serializers.Serializer):
    key = serializers.CharField()
    question = serializers.CharField(source="text")
    help = serializers.CharField()


class PillarShape(serializers.Serializer):
    name = serializers.CharField()
    questions = QuestionShape(many=True)


class PillarResult(serializers.Serializer):
    pillar = serializers.CharField()
    mean = serializers.FloatField(allow_null=True)
    level = serializers.IntegerField()
    level_name = serializers.CharField()
    is_low = serializers.BooleanField()
    lowest = serializers.FloatField(allow_null=True, help_text="From three answers on.")
    highest = serializers.FloatField(allow_null=True)


class RoundInFull(RoundShape):
    """With its questions, your own answers, and the result once you may see it."""

    is_lead = serializers.SerializerMethodField(help_text="Whether you invite and close.")
    scale = serializers.SerializerMethodField(help_text="Names of the steps, the lowest first.")
    pillars = serializers.SerializerMethodField()
    given = serializers.SerializerMethodField(help_text="How many have given their answers.")
    answers = serializers.SerializerMethodField(help_text="Your own, by the key of the question.")
    answers_given = serializers.SerializerMethodField(help_text="Whether yours count.")
    revision = serializers.SerializerMethodField(help_text="Of your own answers.")
    result = serializers.SerializerMethodField(
        help_text="A line for each pillar; null while you may not see it."
    )

    @property
    def _shown(self) -> ShownRound:
        shown: ShownRound = self.context["shown"]
        return shown

    def get_is_lead(self, one: Round) -> bool:
        return self._shown.is_lead

    def get_scale(self, one: Round) -> list[str]:
        return list(self._shown.asked.scale)

    @extend_schema_field(PillarShape(many=True))
    def get_pillars(self, one: Round) -> Any:
        return PillarShape(self._shown.asked.pillars, many=True).data

    def get_given(self, one: Round) -> int:
        return self._shown.given

    def get_answers(self, one: Round) -> dict[str, int]:
        return dict(self._shown.mine.answers) if self._shown.mine else {}

    def get_answers_given(self, one: Round) -> bool:
        return bool(self._shown.mine and self._shown.mine.given_at)

    def get_revision(self, one: Round) -> int:
        return self._shown.mine.revision if self._shown.mine else 0

    @extend_schema_field(PillarResult(many=True, allow_null=True))
    def get_result(self, one: Round) -> Any:
        rows = as_rows(self._shown)
        return PillarResult(rows, many=True).data if rows else None
