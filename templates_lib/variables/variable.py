"""One field of a template: what is asked, in which form, within which bounds."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.faults import Path, placed
from templates_lib.variables.answers import fault
from templates_lib.variables.computing import OF_DATES, OPERATIONS
from templates_lib.variables.conditions import ConditionBlock

KEY_PATTERN = r"^[a-z][a-z0-9_]*$"
KINDS = [
    ("text", _("Short text")),
    ("long_text", _("Long text")),
    ("number", _("Number")),
    ("date", _("Date")),
    ("email", _("E-mail address")),
    ("url", _("Web address")),
    ("person", _("Name of a person")),
    ("choice", _("One of several")),
    ("several", _("Several of several")),
    ("yes_no", _("Yes or no")),
    ("table", _("Table")),
    ("computed", _("Worked out from other fields")),
]
COLUMN_KINDS = [pair for pair in KINDS if pair[0] in ("text", "number", "date", "person")]
# What an operation works on.
_TAKES = {"days": ("date",)}
_NUMBERS = ("number", "computed")


class VariableValue(blocks.StructValue):
    @property
    def kind_label(self) -> str:
        """What kind of answer is expected, in words."""
        return str(dict(KINDS).get(self.get("kind"), ""))


class ColumnBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=80, label=_("Heading"))
    kind = blocks.ChoiceBlock(
        choices=COLUMN_KINDS, default="text", label=_("Kind of answer"), search_index=False
    )

    class Meta:
        icon = "table"
        label_format = "{label}"


class VariableBlock(blocks.StructBlock):
    key = blocks.RegexBlock(
        regex=KEY_PATTERN,
        max_length=40,
        label=_("Key"),
        help_text=_("Lower-case letters, digits and underscores, such as service_name."),
        error_messages={
            "invalid": _("Use lower-case letters, digits and underscores, starting with a letter.")
        },
    )
    label = blocks.CharBlock(max_length=120, label=_("Question"))
    kind = blocks.ChoiceBlock(
        choices=KINDS, default="text", label=_("Kind of answer"), search_index=False
    )
    required = blocks.BooleanBlock(required=False, label=_("Must be filled"))
    help = blocks.CharBlock(required=False, max_length=255, label=_("Help"))
    options = blocks.ListBlock(
        blocks.CharBlock(max_length=120, label=_("Answer")),
        default=[],
        label=_("Answers to choose from"),
    )
    default = blocks.CharBlock(required=False, max_length=255, label=_("Answer to begin with"))
    unit = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Unit"),
        help_text=_("Of a number; it stands behind it in the document."),
    )
    lowest = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Lowest"),
        help_text=_("Of a number, or the first day, such as 2026-03-31."),
        search_index=False,
    )
    highest = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Highest"),
        help_text=_("Of a number, or the last day."),
        search_index=False,
    )
    columns = blocks.ListBlock(ColumnBlock(), default=[], max_num=8, label=_("Columns of a table"))
    operation = blocks.ChoiceBlock(
        choices=OPERATIONS, required=False, label=_("How it is worked out"), search_index=False
    )
    of = blocks.ListBlock(
        blocks.CharBlock(max_length=40, label=_("Key"), search_index=False),
        default=[],
        max_num=20,
        label=_("From the fields with these keys"),
    )
    only_if = ConditionBlock(required=False, label=_("Only if"))

    class Meta:
        icon = "form"
        label_format = "{label}"
        value_class = VariableValue

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        found = list(_faults(value))
        if found:
            raise placed(found)
        return value


def _faults(value: Any) -> Iterator[tuple[Path, ValidationError]]:
    kind = value["kind"]
    if kind in ("choice", "several") and not value["options"]:
        yield (
            ("options",),
            ValidationError(_("Give the answers to choose from."), code="no_options"),
        )
    if kind == "table" and not value["columns"]:
        yield ("columns",), ValidationError(_("Give the columns."), code="no_columns")
    if kind == "computed" and not value["operation"]:
        yield ("operation",), ValidationError(_("Choose how."), code="no_operation")
    for name in ("lowest", "highest"):
        message = value[name] and kind in ("number", "date")
        bound = {"label": value["label"], "kind": kind}
        wrong = fault(bound, value[name]) if message else ""
        if wrong:
            yield (name,), ValidationError(wrong, code="bad_bound")
    given = value["default"]
    if given and kind in ("table", "several", "computed"):
        error = ValidationError(_("This kind begins empty."), code="bad_default")
        yield ("default",), error
    elif given and (wrong := fault(value, given)):
        yield ("default",), ValidationError(wrong, code="bad_default")


def references(variables: Any) -> Iterator[tuple[Path, ValidationError]]:
    """Faults of what fields say of each other: keys twice, or of no fitting field above."""
    above: dict[str, str] = {}
    for place, variable in enumerate(variables):
        key, kind = variable["key"], variable["kind"]
        if key in above:
            error = ValidationError(_("This key is used twice."), code="duplicate_key")
            yield ("variables", place, "key"), error
        asked = (variable.get("only_if") or {}).get("key")
        if asked and asked not in above:
            error = ValidationError(_("There is no field above with this key."), code="unknown_key")
            yield ("variables", place, "only_if", "key"), error
        if kind == "computed":
            yield from _operands(variable, above, place)
        above[key] = kind


def _operands(
    variable: Any, above: dict[str, str], place: int
) -> Iterator[tuple[Path, ValidationError]]:
    operation = variable.get("operation")
    given = list(variable.get("of") or [])
    for number, key in enumerate(given):
        if above.get(key) not in _TAKES.get(operation, _NUMBERS):
            error = ValidationError(
                _("There is no fitting field above with this key."), code="unknown_key"
            )
            yield ("variables", place, "of", number), error
    if operation in OF_DATES and len(given) != 2:
        error = ValidationError(_("Give two dates."), code="two_dates")
        yield ("variables", place, "operation"), error
    elif not given:
        error = ValidationError(_("Give the keys it is worked out from."), code="no_operands")
        yield ("variables", place, "operation"), error
