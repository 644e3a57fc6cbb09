"""What a template asks (variables) and the text that the answers go into (document_body)."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock
from templates_lib.faults import placed
from templates_lib.markdown import write
from templates_lib.markdown.render import MAX_SOURCE_CHARS, render
from templates_lib.variables import conditions, filling
from templates_lib.variables.answers import check_answers
from templates_lib.variables.conditions import ConditionBlock
from templates_lib.variables.filling import PLACEHOLDER
from templates_lib.variables.variable import VariableBlock, references

__all__ = ["DocumentBodyBlock", "VariablesBlock", "check_answers"]

MARKED = r'<mark class="placeholder">\1</mark>'
_TAG = re.compile(r"(<[^>]*>)")


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
        found = list(references(value["variables"]))
        if found:
            raise placed(found)
        return value

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        variables = list(value.get("variables") or [])
        labels = {one.get("key"): one.get("label") for one in variables}
        context["fields"] = [
            (one, limits_of(one), conditions.words(one.get("only_if"), labels)) for one in variables
        ]
        return context

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


def limits_of(variable: Any) -> str:
    """Bounds and unit of a number or a date, in words; empty without any."""
    said = {key: variable.get(key) or "" for key in ("lowest", "highest", "unit")}
    bounds = ""
    if said["lowest"] and said["highest"]:
        bounds = _now("From %(lowest)s to %(highest)s") % said
    elif said["lowest"]:
        bounds = _now("At least %(lowest)s") % said
    elif said["highest"]:
        bounds = _now("At most %(highest)s") % said
    unit = _now("in %(unit)s") % said if said["unit"] else ""
    return ", ".join(piece for piece in (bounds, unit) if piece)


def _help(variable: Any) -> str:
    columns = [column.get("label") or "" for column in variable.get("columns") or []]
    options = ", ".join([*(variable.get("options") or []), *columns])
    pieces = (variable.get("help"), limits_of(variable), f"({options})" * bool(options))
    return " ".join(piece for piece in pieces if piece)


class DocumentBodyValue(blocks.StructValue):
    """The text with its placeholders."""

    @property
    def placeholders(self) -> set[str]:
        """The keys that the text asks for."""
        return set(PLACEHOLDER.findall(self.get("source") or ""))

    def fill(
        self, answers: Mapping[str, str | None], alone: Mapping[str, str] | None = None
    ) -> str:
        """The text as Markdown with the answers in place: see ``filling.fill``."""
        return filling.fill(self.get("source") or "", answers, alone)

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
    only_if = ConditionBlock(required=False, label=_("Only if"))

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
        note = conditions.words(value.get("only_if"), {})
        return write.join(
            f"*{write.escape(note)}*" if note else "", write.fence(value.get("source"), "markdown")
        )

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["note"] = conditions.words(value.get("only_if"), {})
        return context
