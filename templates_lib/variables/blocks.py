"""What a template asks (variables) and the text that the answers go into (document_body)."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from templates_lib.base import PartBlock
from templates_lib.markdown import write
from templates_lib.markdown.render import MAX_SOURCE_CHARS, render
from templates_lib.variables.answers import as_markdown_text, check_answers

__all__ = ["DocumentBodyBlock", "VariablesBlock", "check_answers"]

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
KEY_PATTERN = r"^[a-z][a-z0-9_]*$"


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
        choices=[
            ("text", _("Short text")),
            ("long_text", _("Long text")),
            ("number", _("Number")),
            ("date", _("Date")),
            ("email", _("E-mail address")),
            ("url", _("Web address")),
            ("choice", _("One of several")),
        ],
        default="text",
        label=_("Kind of answer"),
    )
    required = blocks.BooleanBlock(required=False, label=_("Must be filled"))
    help = blocks.CharBlock(required=False, max_length=255, label=_("Help"))
    options = blocks.ListBlock(
        blocks.CharBlock(max_length=120, label=_("Answer")),
        required=False,
        default=[],
        label=_("Answers to choose from"),
    )
    default = blocks.CharBlock(required=False, max_length=255, label=_("Answer to begin with"))

    class Meta:
        icon = "form"
        label_format = "{label}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value.get("kind") == "choice" and not value.get("options"):
            error = ValidationError(_("Give the answers to choose from."), code="no_options")
            raise blocks.StructBlockValidationError(block_errors={"options": error})
        return value


class VariablesBlock(PartBlock):
    variables = blocks.ListBlock(VariableBlock(), label=_("Fields"))

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
        seen: set[str] = set()
        errors = {}
        for position, variable in enumerate(value["variables"]):
            key = variable.get("key")
            if key in seen:
                message = ValidationError(_("This key is used twice."), code="duplicate_key")
                errors[position] = blocks.StructBlockValidationError(block_errors={"key": message})
            seen.add(key)
        if errors:
            raise blocks.StructBlockValidationError(
                block_errors={"variables": ListBlockValidationError(block_errors=errors)}
            )
        return value

    def markdown_body(self, value: Any) -> str:
        rows = [
            [
                f"`{variable['key']}`",
                write.escape(variable["label"]),
                write.escape(_("required") if variable.get("required") else _("optional")),
                write.escape(variable.get("help")),
            ]
            for variable in value["variables"]
        ]
        return write.table([_("Key"), _("Question"), _("Needed"), _("Help")], rows)


class DocumentBodyValue(blocks.StructValue):
    """The text with its placeholders."""

    @property
    def placeholders(self) -> set[str]:
        return set(PLACEHOLDER.findall(self.get("source") or ""))

    def fill(self, answers: Mapping[str, str]) -> str:
        """Markdown with the answers in place; what is unanswered stays visible as a blank line."""
        return PLACEHOLDER.sub(
            lambda match: as_markdown_text(answers.get(match[1], "")) or "\\_\\_\\_\\_\\_",
            self.get("source") or "",
        )

    @property
    def html(self) -> str:
        """The text as safe HTML, each placeholder marked."""
        return PLACEHOLDER.sub(
            r'<mark class="placeholder">\1</mark>', render(self.get("source") or "")
        )


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
        return write.fence(value["source"], "markdown")
