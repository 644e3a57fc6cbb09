"""A part whose rows are shown as a table.

The columns are the child blocks of the row, headed by their labels. A column that is empty in
every row is left out. A row may be flagged: what it lacks is said in words in its first cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.rich_text import RichText

from templates_lib.base import PartBlock, prose
from templates_lib.limits import number
from templates_lib.markdown import write
from templates_lib.rendering import page_target


class Row(blocks.StructBlock):
    """One row. ``flags`` names what is missing, as full sentences; empty when all is well."""

    def flags(self, value: Any) -> list[str]:
        return []

    class Meta:
        icon = "list-ul"


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    html: SafeString | str


@dataclass(frozen=True, slots=True)
class ShownRow:
    cells: list[Cell]
    flags: list[str]


class RowsBlock(PartBlock):
    """``Meta.rows`` names the child that is the list of rows (a ListBlock of ``Row``)."""

    class Meta:
        rows = ""
        template = "rows/table.html"
        css = ["rows/rows.css"]

    @property
    def row_block(self) -> Row:
        return self.child_blocks[self.meta.rows].child_block

    def rows_of(self, value: Any) -> list[Any]:
        return list(value.get(self.meta.rows) or [])

    def columns(self, value: Any) -> list[str]:
        """Names of the children that are filled in at least one row; the first one always."""
        rows = self.rows_of(value)
        names = list(self.row_block.child_blocks)
        return [
            name
            for position, name in enumerate(names)
            if position == 0
            or any(
                row.get(name) not in (None, "", False) and _filled(row.get(name)) for row in rows
            )
        ]

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        names = self.columns(value)
        children = self.row_block.child_blocks
        context["labels"] = [children[name].label for name in names]
        context["rows"] = [
            ShownRow(
                [Cell(str(children[n].label), cell_html(children[n], row.get(n))) for n in names],
                self.row_block.flags(row),
            )
            for row in self.rows_of(value)
        ]
        context["extra_class"] = self.name or ""
        return context

    def markdown_body(self, value: Any) -> str:
        names = self.columns(value)
        children = self.row_block.child_blocks
        rows = []
        for row in self.rows_of(value):
            cells = [cell_markdown(children[name], row.get(name)) for name in names]
            flags = self.row_block.flags(row)
            if flags:
                cells[0] = write.join(cells[0], f"*{write.escape(' '.join(flags))}*")
            rows.append(cells)
        return write.table([children[name].label for name in names], rows)


def _filled(value: Any) -> bool:
    return bool(value) or value == 0 and value is not False


def words(block: blocks.Block, value: Any) -> str:
    """A plain value as a reader sees it: the label of a choice, yes, a date in words."""
    if value is None or value == "":
        return ""
    if isinstance(block, blocks.ChoiceBlock):
        return str(_flat_choices(block).get(value, value))
    if isinstance(block, blocks.BooleanBlock):
        return _("yes") if value else _("no")
    if isinstance(block, blocks.DateBlock):
        return date_format(value, "j F Y") if hasattr(value, "year") else str(value)
    if isinstance(block, blocks.DecimalBlock | blocks.FloatBlock):
        return number(value)
    return str(value)


def _flat_choices(block: blocks.ChoiceBlock) -> dict[str, Any]:
    return dict(block.field.choices)


def cell_html(block: blocks.Block, value: Any) -> SafeString | str:
    """A cell as safe HTML."""
    if isinstance(block, blocks.PageChooserBlock):
        target = page_target(value)
        return format_html('<a href="{}">{}</a>', target.url, target.title) if target else ""
    if isinstance(block, blocks.ListBlock):
        return _list_html(block, value or [])
    if isinstance(value, RichText):
        return mark_safe(str(value))  # noqa: S308 - rich text is rendered by Wagtail
    text = words(block, value)
    if isinstance(block, blocks.TextBlock):
        return mark_safe(linebreaks(text, autoescape=True)) if text else ""  # noqa: S308 - escaped
    return conditional_escape(text)


def _list_html(block: blocks.ListBlock, values: Sequence[Any]) -> SafeString:
    entries = [format_html("<li>{}</li>", words(block.child_block, one)) for one in values]
    joined = mark_safe("".join(entries))  # noqa: S308 - each entry was escaped
    return format_html("<ul>{}</ul>", joined) if entries else joined


def cell_markdown(block: blocks.Block, value: Any) -> str:
    """A cell as Markdown; lists and paragraphs are separated by line breaks."""
    if isinstance(block, blocks.PageChooserBlock):
        target = page_target(value)
        return write.link(target.title, target.url) if target else ""
    if isinstance(block, blocks.ListBlock):
        return "\n".join(write.escape(words(block.child_block, one)) for one in value or [])
    if isinstance(value, RichText):
        return prose(value)
    return write.escape(words(block, value))
