"""Code, tables and diagrams."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.code_colours import LANGUAGE_CHOICES
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
        preview_value = {"language": "bash", "source": "python manage.py migrate --plan"}

    def markdown_body(self, value: Any) -> str:
        caption = value.get("caption")
        return write.join(
            f"*{write.escape(caption)}*" if caption else "",
            write.fence(value["source"], value.get("language") or ""),
        )


class TableBlock(TypedTableBlock):
    text = ProseBlock(label=_("Text"))
    number = blocks.DecimalBlock(label=_("Number"))

    class Meta:
        icon = "table"
        label = _("Table")
        group = GROUP
        description = _("A table with a heading for each column")
        template = "prose/table.html"
        css = ["prose/prose.css", "rows/rows.css"]
        preview_value = {
            "caption": "Targets",
            "columns": [
                {"type": "text", "heading": "Measure"},
                {"type": "number", "heading": "Hours"},
            ],
            "rows": [{"values": ["<p>Review time</p>", 4]}],
        }

    def render(self, value: TypedTable, context: dict | None = None) -> str:
        # TypedTable brings a template of its own; the one of this block is used instead.
        from django.template.loader import render_to_string

        return render_to_string(self.meta.template, value.get_context(dict(context or {})))

    def as_markdown(self, value: TypedTable) -> str:
        rows = [[_cell(bound.value) for bound in row] for row in value.rows]
        table = write.table([column["heading"] for column in value.columns], rows)
        caption = value.caption
        return write.join(f"*{write.escape(caption)}*" if caption else "", table)

    def as_text(self, value: TypedTable) -> str:
        return "\n".join([value.caption or "", *self.get_searchable_content(value)]).strip()


def _cell(value: Any) -> str:
    return prose(value) if hasattr(value, "source") else number(value)


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
            "source": "flowchart LR\n  Change --> Review --> Release",
            "description": "A change is reviewed and then released.",
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(
            f"**{write.escape(value['title'])}**",
            write.fence(value["source"], "mermaid"),
            write.escape(value["description"]),
        )
