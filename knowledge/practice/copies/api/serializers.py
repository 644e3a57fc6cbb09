"""The form of questions and answers about filled copies. Names are a contract: only add."""

from typing import Any

from django.utils.translation import gettext as _
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
from knowledge.practice.copies import selectors
from knowledge.practice.copies.models import NAME_CHARS, FilledCopy
from knowledge.practice.selectors import filling
from templates_lib.variables.reading import MOST_ROWS
from templates_lib.variables.said import NO, YES, Answer

ANSWER_CHARS = 20_000
_ANSWERS = {
    "type": "object",
    "description": (
        "By the key of the field: a text, for several choices a list of texts, for a table a list"
        " of rows. Numbers and dates are texts, 1250.5 and 2027-03-01; yes and no may be booleans."
    ),
    "additionalProperties": {
        "oneOf": [
            {"type": "string"},
            {"type": "boolean"},
            {"type": "number"},
            {"type": "array", "items": {"type": "string"}},
            {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        ]
    },
}


class _Text(serializers.CharField):
    """What a field of a form holds: a word, a number or yes and no."""

    def __init__(self) -> None:
        super().__init__(allow_blank=True, max_length=ANSWER_CHARS, trim_whitespace=False)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, bool):
            return YES if data else NO
        return str(super().to_internal_value(data))


@extend_schema_field(_ANSWERS)
class AnswersField(serializers.Field):
    """Which keys there are, the view asks; here only the shape is looked at."""

    def to_internal_value(self, data: Any) -> dict[str, Answer]:
        if not isinstance(data, dict):
            raise serializers.ValidationError(_("Give an object with an answer for each field."))
        found: dict[str, Answer] = {}
        faults = {}
        for key, said in data.items():
            try:
                found[str(key)] = _answer(said)
            except serializers.ValidationError as fault:
                faults[str(key)] = fault.detail
        if faults:
            raise serializers.ValidationError(faults)
        return found

    def to_representation(self, value: Any) -> Any:
        return value


def _answer(said: Any) -> Answer:
    if said is None:
        return ""
    if not isinstance(said, list):
        return str(_Text().run_validation(said))
    if said and all(isinstance(row, list) for row in said):
        rows = said[:MOST_ROWS]
        return [[str(_Text().run_validation(cell)) for cell in row] for row in rows]
    return [str(_Text().run_validation(one)) for one in said]


class CopyQuery(ListQuery):
    state = serializers.ChoiceField(choices=FilledCopy.State.choices, required=False)


class BeginCopy(serializers.Serializer):
    artifact = IdField(help_text="Id of a template.")
    name = serializers.CharField(max_length=NAME_CHARS)
    answers = AnswersField(required=False)
    team = TeamField()


class SaveCopy(serializers.Serializer):
    revision = RevisionField()
    name = serializers.CharField(required=False, max_length=NAME_CHARS)
    answers = AnswersField(
        required=False, help_text="All of them: what is left out here is empty afterwards."
    )


class Reopen(serializers.Serializer):
    revision = RevisionField()


class CopyShape(RecordShape):
    page = "copies:copy"

    owner = Person(allow_null=True)
    state = serializers.ChoiceField(choices=FilledCopy.State.choices)
    changed_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField()


class FieldShape(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    kind = serializers.CharField(help_text="text, date, number, choice, several, yes_no, table, …")
    help = serializers.CharField()
    limits = serializers.CharField(help_text="In words.")
    required = serializers.BooleanField()  # type: ignore[assignment]  # a field of that name
    options = serializers.ListField(child=serializers.CharField())
    columns = serializers.ListField(child=serializers.CharField())


class LeftOver(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    said = serializers.CharField()
    version = serializers.CharField(help_text="Of the template that asked it.")


class CarriedShape(serializers.Serializer):
    """What becomes of the answers under the version of the template that is live."""

    kept = serializers.ListField(
        child=serializers.CharField(), help_text="Keys whose answers go along."
    )
    wrong = serializers.DictField(
        child=serializers.CharField(), help_text="By key: kept, and to be given in another way."
    )
    new = serializers.ListField(
        child=serializers.CharField(), help_text="Labels of what is asked anew."
    )
    lost = serializers.SerializerMethodField(
        help_text="Pairs of a label and its answer; they stay beside the copy as `left_over`."
    )

    @extend_schema_field({"type": "array", "items": {"type": "array", "items": {"type": "string"}}})
    def get_lost(self, carried: selectors.CarriedOver) -> list[list[str]]:
        return [list(pair) for pair in carried.lost]


class CopyInFull(CopyShape):
    """With its fields, the answers as they were given, and the document as it is now."""

    newer_version = serializers.SerializerMethodField(
        help_text="The version that the template has by now, when it is another one."
    )
    may_change = serializers.SerializerMethodField()
    fields_asked = serializers.SerializerMethodField()
    answers = AnswersField()
    missing = serializers.SerializerMethodField(help_text="What is wrong or missing, by key.")
    left_over = LeftOver(many=True, help_text="Answers that newer versions did not ask for.")
    markdown = serializers.SerializerMethodField()

    def get_newer_version(self, copy: FilledCopy) -> str | None:
        return self.context["newer"] or None

    def get_may_change(self, copy: FilledCopy) -> bool:
        return bool(self.context["may_change"])

    @extend_schema_field(FieldShape(many=True))
    def get_fields_asked(self, copy: FilledCopy) -> list[dict[str, Any]]:
        form = filling.form_from(copy.parts)
        groups = filling.fields(form, copy.answers, {})
        return [_field(one) for _heading, group in groups for one in group]

    def get_missing(self, copy: FilledCopy) -> dict[str, str]:
        return dict(filling.settled(filling.form_from(copy.parts), copy.answers).errors)

    def get_markdown(self, copy: FilledCopy) -> str:
        return selectors.text_of(copy)


def _field(one: filling.Field) -> dict[str, Any]:
    variable = one.variable
    return {
        "key": variable.get("key") or "",
        "label": variable.get("label") or "",
        "kind": variable.get("kind") or "",
        "help": variable.get("help") or "",
        "limits": one.limits,
        "required": bool(variable.get("required")),
        "options": [str(option) for option in variable.get("options") or []],
        "columns": [str(column.get("label") or "") for column in variable.get("columns") or []],
    }
