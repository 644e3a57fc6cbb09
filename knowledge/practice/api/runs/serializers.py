"""The form of questions and answers about runs. Names are a contract: only add."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from knowledge.practice.api.fields import (
    IdField,
    ListQuery,
    Person,
    PersonField,
    RevisionField,
    TeamField,
    TeamSlug,
)
from knowledge.practice.models import Run, RunEvent, RunStep
from knowledge.practice.models.runs import LINK_CHARS, NAME_CHARS, TEXT_CHARS
from knowledge.practice.selectors.runs import RunLine, ShownRun, ShownStep


class RunQuery(ListQuery):
    state = serializers.ChoiceField(choices=Run.State.choices, required=False)


class StartRun(serializers.Serializer):
    artifact = IdField(help_text="Id of the artifact, as a search answers it.")
    name = serializers.CharField(max_length=NAME_CHARS)
    due = serializers.DateField(required=False, allow_null=True)
    is_open = serializers.BooleanField(
        default=True,
        help_text="Whether everyone who may read the artifact may see it and take part.",
    )
    team = TeamField()
    roles = serializers.DictField(
        child=PersonField(),
        required=False,
        help_text="Who has which role of the steps, by the name of the role.",
    )

    def validate_name(self, name: str) -> str:
        return " ".join(name.split())


class MoveStep(serializers.Serializer):
    state = serializers.ChoiceField(choices=RunStep.State.choices)
    revision = RevisionField(required=False)
    note = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=TEXT_CHARS,
        help_text="Evidence, or the reason why it is skipped, failed or blocked.",
    )
    link = serializers.CharField(required=False, allow_blank=True, max_length=LINK_CHARS)
    answer = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=120,
        help_text="A number, or one of `options`, where the step asks for one.",
    )


class MoveStepWithFile(MoveStep):
    file = serializers.FileField(
        required=False, help_text="At most 20 MB, of a kind that its content bears out."
    )


class NamePerson(serializers.Serializer):
    person = PersonField(allow_null=True, allow_blank=True)


class SetDue(serializers.Serializer):
    due = serializers.DateTimeField(allow_null=True, help_text="Null leaves it to its own limit.")


class Comment(serializers.Serializer):
    text = serializers.CharField(max_length=TEXT_CHARS)
    step = IdField(
        required=False, allow_null=True, help_text="Id of the step that it is about; else the run."
    )
    is_wrong = serializers.BooleanField(
        default=False,
        help_text="Whether the step itself is wrong: those who keep the artifact hear of it.",
    )

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if said["is_wrong"] and not said.get("step"):
            raise serializers.ValidationError({"step": [_("Say which step is wrong.")]})
        return said


class GiveRole(serializers.Serializer):
    role = serializers.CharField(max_length=120)
    person = PersonField(allow_null=True, allow_blank=True)


class HandOver(serializers.Serializer):
    person = PersonField()
    text = serializers.CharField(max_length=TEXT_CHARS, help_text="Where the run stands.")


class EndRun(serializers.Serializer):
    outcome = serializers.ChoiceField(
        choices=[(one.value, one.label) for one in Run.State if one != Run.State.RUNNING]
    )
    summary = serializers.CharField(default="", allow_blank=True, max_length=TEXT_CHARS)
    helped = serializers.CharField(default="", allow_blank=True, max_length=TEXT_CHARS)
    lessons = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=TEXT_CHARS,
        help_text="What changes in the artifact; its owner gets it as a suggestion without a name.",
    )


class RunFacts(serializers.Serializer):
    """What a run is. Of something with the row of the database as ``row``."""

    id = serializers.IntegerField(source="row.pk")
    url = serializers.SerializerMethodField(help_text="Path of its page on this site.")
    name = serializers.CharField(source="row.name")
    artifact = serializers.IntegerField(source="row.artifact_id", allow_null=True)
    title = serializers.CharField(source="row.title", help_text="Of the artifact, at the start.")
    kind = serializers.CharField(source="row.kind")
    version = serializers.CharField(
        source="row.version", help_text="The version that the run is pinned to."
    )
    lead = Person(source="row.lead", allow_null=True)
    team = TeamSlug(source="row.team")
    is_open = serializers.BooleanField(source="row.is_open")
    is_pilot = serializers.BooleanField(
        source="row.is_pilot", help_text="Whether the team tries a draft with it."
    )
    due = serializers.DateField(source="row.due", allow_null=True)
    state = serializers.ChoiceField(source="row.state", choices=Run.State.choices)
    started_at = serializers.DateTimeField(source="row.started_at")
    ended_at = serializers.DateTimeField(source="row.ended_at", allow_null=True)
    settled = serializers.IntegerField(help_text="Steps that are done or skipped.")
    total = serializers.IntegerField(help_text="Steps in all.")

    def get_url(self, run: RunLine | ShownRun) -> str:
        return reverse("practice:run", args=[run.row.pk])


class RunInList(RunFacts):
    failed = serializers.IntegerField(help_text="Steps that failed.")


class EvidenceFile(serializers.Serializer):
    name = serializers.CharField()
    url = serializers.CharField()


class Step(serializers.Serializer):
    id = serializers.IntegerField(source="row.pk")
    position = serializers.IntegerField(source="row.position")
    section = serializers.CharField(source="row.section")
    title = serializers.CharField(source="row.title")
    detail = serializers.CharField(help_text="HTML, safe to show.")
    facts = serializers.SerializerMethodField()
    role = serializers.CharField(source="row.role")
    holder = serializers.CharField(help_text="Who has that role in this run; empty: nobody.")
    minutes = serializers.IntegerField(source="row.minutes", allow_null=True)
    begins = serializers.DateTimeField(allow_null=True)
    is_optional = serializers.BooleanField(source="row.is_optional")
    is_gate = serializers.BooleanField(source="row.is_gate")
    is_milestone = serializers.BooleanField(source="row.is_milestone")
    evidence = serializers.ChoiceField(source="row.evidence", choices=RunStep.Evidence.choices)
    unit = serializers.CharField(source="row.unit", help_text="Of the number that is asked for.")
    minimum = serializers.DecimalField(None, None, source="row.minimum", allow_null=True)
    maximum = serializers.DecimalField(None, None, source="row.maximum", allow_null=True)
    options = serializers.ListField(child=serializers.CharField(), source="row.options")
    answer = serializers.CharField(source="row.answer")
    rule = serializers.CharField(help_text="On which answer it is done; empty: always.")
    waits_for = serializers.CharField(help_text="The question that decides about it, still open.")
    person = serializers.CharField(help_text="Who is named for this one step; empty: nobody.")
    deadline = serializers.DateTimeField(source="row.deadline", allow_null=True)
    is_late = serializers.BooleanField()
    is_unowned = serializers.BooleanField(help_text="Whether a task of a plan is nobody's.")
    locked_by = serializers.CharField(help_text="The gate that stops the step; empty: none does.")
    state = serializers.ChoiceField(source="row.state", choices=RunStep.State.choices)
    note = serializers.CharField(source="row.note")
    link = serializers.CharField(source="row.link")
    file = serializers.SerializerMethodField()
    changed_by = serializers.CharField()
    changed_at = serializers.DateTimeField(source="row.changed_at", allow_null=True)
    revision = serializers.IntegerField(source="row.revision")

    def get_facts(self, step: ShownStep) -> list[list[str]]:
        """Pairs of a label and its text."""
        return [[label, text] for _key, label, text in step.facts]

    @extend_schema_field(EvidenceFile(allow_null=True))
    def get_file(self, step: ShownStep) -> Any:
        row = step.row
        if not row.file:
            return None
        return {
            "name": row.file_name,
            "url": reverse("practice_api:run_file", args=[row.run_id, row.pk]),
        }


class Role(serializers.Serializer):
    name = serializers.CharField()
    person = Person(allow_null=True)


class RunInFull(RunFacts):
    """A run with its steps, roles and people."""

    summary = serializers.CharField(source="row.summary")
    helped = serializers.CharField(source="row.helped")
    lessons = serializers.CharField(source="row.lessons")
    newer_version = serializers.SerializerMethodField(
        help_text="The version that the artifact has by now, when it is another one."
    )
    is_lead = serializers.BooleanField(
        help_text="Whether you give out roles, hand over and end it."
    )
    last_event = serializers.IntegerField(source="row.last_event")
    roles = Role(many=True)
    people = Person(many=True)
    steps = serializers.SerializerMethodField()

    def get_newer_version(self, run: ShownRun) -> str | None:
        return run.artifact_version if run.has_moved_on else None

    @extend_schema_field(Step(many=True))
    def get_steps(self, run: ShownRun) -> Any:
        return [Step(step).data for section in run.sections for step in section.steps]


class LogLine(serializers.Serializer):
    number = serializers.IntegerField(help_text="Without gaps, from 1.")
    at = serializers.DateTimeField()
    by = serializers.CharField(source="by_name")
    sort = serializers.ChoiceField(choices=RunEvent.Sort.choices)
    step = serializers.IntegerField(source="step_id", allow_null=True)
    text = serializers.CharField()


class EventsQuery(serializers.Serializer):
    after = serializers.IntegerField(
        default=0, min_value=0, max_value=2**31 - 1, help_text="Number of the last one seen."
    )


class Log(serializers.Serializer):
    results = LogLine(many=True)
    next_after = serializers.IntegerField(help_text="Give it as `after` to go on.")


class StepConflict(serializers.Serializer):
    """Somebody changed the step meanwhile, or the run has ended."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    current = Step()
