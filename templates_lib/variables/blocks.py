"""What a template asks (variables) and the text that the answers go into (document_body)."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock
from templates_lib.faults import placed
from templates_lib.markdown import write
from templates_lib.markdown.render import MAX_SOURCE_CHARS, render
from templates_lib.variables import filling
from templates_lib.variables.answers import check_answers, fault
from templates_lib.variables.filling import PLACEHOLDER

__all__ = ["DocumentBodyBlock", "VariablesBlock", "check_answers"]

KEY_PATTERN = r"^[a-z][a-z0-9_]*$"
MARKED = r'<mark class="placeholder">\1</mark>'
KINDS = [
    ("text", _("Short text")),
    ("long_text", _("Long text")),
    ("number", _("Number")),
    ("date", _("Date")),
    ("email", _("E-mail address")),
    ("url", _("Web address")),
    ("choice", _("One of several")),
]
_TAG = re.compile(r"(<[^>]*>)")


class VariableValue(blocks.StructValue):
    @property
    def kind_label(self) -> str:
        """What kind of answer is expected, in words."""
        return str(dict(KINDS).get(self.get("kind"), ""))


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

    class Meta:
        icon = "form"
        label_format = "{label}"
        value_class = VariableValue

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if value["kind"] == "choice" and not value["options"]:
            error = ValidationError(_("Give the answers to choose from."), code="no_options")
            raise blocks.StructBlockValidationError(block_errors={"options": error})
        message = fault(value, value["default"]) if value["default"] else ""
        if message:
            error = ValidationError(message, code="bad_default")
            raise blocks.StructBlockValidationError(block_errors={"default": error})
        return value


class VariablesBlock(PartBlock):
    variables = blocks.ListBlock(VariableBlock(), min_num=1, label=_("Fields"))

    class Meta:
        icon = "form"
        label = _("Fields to fill")
        heading = _("Fields to fill")
        group = _("Variables")
        description = _("The questions that a reader answers to get the finished document")
        template = "variables/variables.html"
        css = ["variables/variables.css"]
        preview_value = {
            "variables": [
                {
                    "key": "service_name",
                    "label": "Service name",
                    "kind": "text",
                    "required": True,
                    "help": "As it is called in the catalogue.",
                },
                {"key": "go_live", "label": "Day of going live", "kind": "date"},
            ]
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        keys = [variable["key"] for variable in value["variables"]]
        twice = [place for place, key in enumerate(keys) if key in keys[:place]]
        if twice:
            error = ValidationError(_("This key is used twice."), code="duplicate_key")
            raise placed((("variables", place, "key"), error) for place in twice)
        return value

    def markdown_body(self, value: Any) -> str:
        rows = [
            [
                write.escape(variable.get("label")),
                write.escape(variable.kind_label),
                write.escape(_("required") if variable.get("required") else _("optional")),
                write.escape(_help(variable)),
            ]
            for variable in value.get("variables") or []
        ]
        return write.table([_("Question"), _("Kind of answer"), _("Needed"), _("Help")], rows)


def _help(variable: Any) -> str:
    options = ", ".join(variable.get("options") or [])
    return " ".join(
        piece for piece in (variable.get("help"), f"({options})" * bool(options)) if piece
    )


class DocumentBodyValue(blocks.StructValue):
    """The text with its placeholders."""

    @property
    def placeholders(self) -> set[str]:
        """The keys that the text asks for."""
        return set(PLACEHOLDER.findall(self.get("source") or ""))

    def fill(self, answers: Mapping[str, str]) -> str:
        """The text as Markdown with the answers in place; an empty answer is a line to write on."""
        return filling.fill(self.get("source") or "", answers)

    @property
    def html(self) -> SafeString:
        """The text as safe HTML, each placeholder marked."""
        pieces = _TAG.split(render(self.get("source") or ""))
        marked = [
            piece if _TAG.fullmatch(piece) else PLACEHOLDER.sub(MARKED, piece) for piece in pieces
        ]
        return mark_safe("".join(marked))  # noqa: S308 - render made it safe, a key is harmless


class DocumentBodyBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    source = blocks.TextBlock(
        max_length=MAX_SOURCE_CHARS,
        label=_("Text"),
        help_text=_("Markdown. Write {{ key }} where the answer to that field goes."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        heading = _("Document")
        group = _("Variables")
        description = _("The text that the answers are put into")
        template = "variables/document_body.html"
        css = ["variables/variables.css"]
        value_class = DocumentBodyValue
        preview_value = {"source": "## {{ service_name }}\n\nIt goes live on {{ go_live }}."}

    def markdown_body(self, value: Any) -> str:
        return write.fence(value.get("source"), "markdown")
