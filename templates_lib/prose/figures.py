"""Code, tables and diagrams."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.rich_text import RichText

from templates_lib.base import PartBlock, ProseBlock, prose, words_of
from templates_lib.code_colours import LANGUAGE_CHOICES, language_of
from templates_lib.limits import number
from templates_lib.markdown import write

GROUP = _("Text")


class CodeBlock(PartBlock):
    language = blocks.ChoiceBlock(
        choices=LANGUAGE_CHOICES, default="plaintext", label=_("Language")
    )
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Caption"))
    source = blocks.TextBlock(max_length=50_000, label=_("Source"), rows=8)

    class Meta:
        icon = "code"
        label = _("Code")
        group = GROUP
        description = _("Source code with a copy button")
        template = "prose/code.html"
        css = ["prose/prose.css"]
        js = ["prose/code.js"]
        preview_value = {
            "language": "python",
            "caption": "A check that can run before every release",
            "source": "def pending(plan):\n    return [step for step, undone in plan if undone]",
        }

    def markdown_body(self, value: Any) -> str:
        caption = value.get("caption")
        return write.join(
            f"*{write.escape(caption)}*" if caption else "",
            write.fence(value.get("source"), language_of(value.get("language") or "")),
        )


class TableBlock(TypedTableBlock):
    text = ProseBlock(required=False, label=_("Text"))
    number = blocks.DecimalBlock(required=False, label=_("Number"))

    class Meta:
        icon = "table"
        label = _("Table")
        group = GROUP
        description = _("A table with a heading for each column")
        template = "prose/table.html"
        css = ["prose/prose.css", "rows/rows.css"]
        preview_value = {
            "caption": "What we promise, in hours",
            "columns": [
                {"type": "text", "heading": "Promise"},
                {"type": "number", "heading": "Hours"},
            ],
            "rows": [
                {"values": ["<p>First review of a change</p>", "4"]},
                {"values": ["<p>Answer to a question in chat</p>", "1.5"]},
            ],
        }

    def get_context(self, value: TypedTable, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        columns = [
            Column(column["heading"], isinstance(column["block"], blocks.DecimalBlock))
            for column in value.columns
        ]
        context["columns"] = columns
        context["rows"] = [
            list(zip(columns, (_shown(cell) for cell in row["values"]), strict=False))
            for row in value.row_data
        ]
        return context

    def as_markdown(self, value: TypedTable) -> str:
        if not value.columns:
            return ""
        rows = [[_cell(bound.value) for bound in row] for row in value.rows]
        table = write.table([column["heading"] for column in value.columns], rows)
        caption = value.caption
        return write.join(f"*{write.escape(caption)}*" if caption else "", table)

    def as_text(self, value: TypedTable) -> str:
        return "\n".join(words_of(self, value))


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    is_number: bool


def _shown(cell: Any) -> Any:
    return cell if isinstance(cell, RichText) else number(cell)


def _cell(cell: Any) -> str:
    return prose(cell) if isinstance(cell, RichText) else number(cell)


class DiagramBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    source = blocks.TextBlock(
        max_length=10_000, label=_("Source"), rows=8, help_text=_("In the language of Mermaid.")
    )
    description = blocks.TextBlock(
        max_length=2000,
        label=_("What the diagram shows"),
        rows=3,
        help_text=_("For those who cannot see it, and for downloads."),
    )

    class Meta:
        icon = "site"
        label = _("Diagram")
        group = GROUP
        description = _("A drawing made from text")
        template = "prose/diagram.html"
        css = ["prose/prose.css"]
        js = ["prose/diagram.js"]
        preview_value = {
            "title": "From change to release",
            "source": "flowchart LR\n  Change --> Review\n  Review -- accepted --> Release\n"
            "  Review -- returned --> Change",
            "description": "A change is reviewed; accepted, it is released, otherwise it goes back.",
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(
            f"**{write.escape(value.get('title'))}**",
            write.fence(value.get("source"), "mermaid"),
            write.paragraphs(value.get("description")),
        )
