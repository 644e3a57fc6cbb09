"""The form of questions and answers about programs. Names are a contract: only add."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from knowledge.practice.api.fields import IdField, ListQuery, Person, TeamField
from knowledge.practice.api.shapes import RecordShape
from knowledge.practice.programs.models import NAME_CHARS, ProgramRun
from knowledge.practice.programs.selectors import ShownPart, ShownProgram


class ProgramQuery(ListQuery):
    running = serializers.BooleanField(required=False, allow_null=True, default=None)


class StartProgram(serializers.Serializer):
    artifact = IdField(help_text="Id of an artifact that is composed of others.")
    name = serializers.CharField(max_length=NAME_CHARS)
    is_open = serializers.BooleanField(
        default=True,
        help_text="Whether everyone who may read the artifact may see it and take part.",
    )
    team = TeamField()

    def validate_name(self, name: str) -> str:
        return " ".join(name.split())


class BeginPart(serializers.Serializer):
    run = IdField(
        required=False,
        allow_null=True,
        help_text="Id of a run of its artifact that goes on already; without it a new one starts.",
    )


class ProgramShape(RecordShape):
    page = "programs:program"

    lead = Person(allow_null=True)
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class PartShape(serializers.Serializer):
    id = serializers.IntegerField(source="row.pk")
    number = serializers.IntegerField(help_text="Among the parts that you may see, from 1.")
    title = serializers.CharField()
    url = serializers.CharField(help_text="Path on this site, or the address of what is elsewhere.")
    artifact = serializers.IntegerField(source="row.artifact_id", allow_null=True)
    version = serializers.CharField(
        help_text="Of its run; before that the live one; empty for what is elsewhere."
    )
    reason = serializers.CharField(source="row.reason")
    hand_over = serializers.CharField(source="row.hand_over")
    can_run = serializers.BooleanField(help_text="Whether a run begins with it.")
    is_current = serializers.BooleanField(help_text="Whether it is the next to be done.")
    is_begun = serializers.BooleanField(source="row.is_begun")
    is_done = serializers.BooleanField(source="row.is_done")
    run = serializers.SerializerMethodField(help_text="Id of its run, when you may see that.")
    going_on = serializers.SerializerMethodField(
        help_text="Ids of runs of it that go on; one of them may be taken as its run."
    )

    def get_run(self, part: ShownPart) -> int | None:
        return part.run.pk if part.run else None

    def get_going_on(self, part: ShownPart) -> list[int]:
        return [line.row.pk for line in part.others]


class ProgramInFull(ProgramShape):
    """With its parts; one that you may not see is not there."""

    is_lead = serializers.SerializerMethodField(help_text="Whether you end it.")
    done = serializers.SerializerMethodField(help_text="How many parts are done.")
    parts = serializers.SerializerMethodField()

    @property
    def _shown(self) -> ShownProgram:
        shown: ShownProgram = self.context["shown"]
        return shown

    def get_is_lead(self, program: ProgramRun) -> bool:
        return self._shown.is_lead

    def get_done(self, program: ProgramRun) -> int:
        return self._shown.done

    @extend_schema_field(PartShape(many=True))
    def get_parts(self, program: ProgramRun) -> Any:
        return PartShape(self._shown.parts, many=True).data
