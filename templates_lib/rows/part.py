"""A part whose rows are shown as a table.

The columns are the child blocks of the row, headed by their labels, unless the row says that some
children are read together. A column that is empty in every row is left out. A row may be flagged:
what it lacks is said in words in its first cell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.rich_text import RichText

from templates_lib.base import PartBlock, prose
from templates_lib.limits import number
from templates_lib.markdown import write
from templates_lib.rendering import page_target


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: the children that it shows, and what they say together.

    Without ``words`` there is one child, and its own kind decides how it is shown.
    """

    names: tuple[str, ...]
    label: str | Promise
    words: Callable[[Any], str] | None = None


class Row(blocks.StructBlock):
    """One row. ``Meta.columns`` lists the columns that are not simply one child."""

    class Meta:
        icon = "list-ul"
        columns: Sequence[Column] = ()

    def flags(self, value: Any) -> list[str]:
        """What is missing, as full sentences; empty when all is well."""
        return []

    def all_columns(self) -> list[Column]:
        """Columns in the order of the children; those read together stand where the first is."""
        joined = {name: column for column in self.meta.columns for name in column.names}
        return [
            joined.get(name) or Column((name,), child.label)
            for name, child in self.child_blocks.items()
            if name not in joined or joined[name].names[0] == name
        ]


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

    def columns(self, value: Any) -> list[Column]:
        """Columns that show something in at least one row; the first one always."""
        first, *others = self.row_block.all_columns()
        rows = self.rows_of(value)
        return [first, *(one for one in others if any(self._says(one, row) for row in rows))]

    def _says(self, column: Column, row: Any) -> bool:
        # A row of noes says nothing.
        return bool(row.get(column.names[0]) is not False and self._html(column, row)) or bool(
            column.words and column.words(row)
        )

    def _html(self, column: Column, row: Any) -> SafeString | str:
        if column.words:
            return conditional_escape(column.words(row))
        (name,) = column.names
        return cell_html(self.row_block.child_blocks[name], row.get(name))

    def _markdown(self, column: Column, row: Any) -> str:
        if column.words:
            return write.escape(column.words(row))
        (name,) = column.names
        return cell_markdown(self.row_block.child_blocks[name], row.get(name))

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        columns = self.columns(value)
        context["labels"] = [column.label for column in columns]
        context["rows"] = [
            ShownRow(
                [Cell(str(column.label), self._html(column, row)) for column in columns],
                self.row_block.flags(row),
            )
            for row in self.rows_of(value)
        ]
        context["extra_class"] = self.name or ""
        return context

    def markdown_body(self, value: Any) -> str:
        columns = self.columns(value)
        rows = []
        for row in self.rows_of(value):
            cells = [self._markdown(column, row) for column in columns]
            flags = self.row_block.flags(row)
            if flags:
                cells[0] = write.join(cells[0], f"*{write.escape(' '.join(flags))}*")
            rows.append(cells)
        return write.table([column.label for column in columns], rows)


def words(block: blocks.Block, value: Any) -> str:
    """A plain value as a reader sees it: the label of a choice, yes, a date in words."""
    if value is None or value == "":
        return ""
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    if isinstance(block, blocks.BooleanBlock):
        return _("yes") if value else _("no")
    if isinstance(block, blocks.DateBlock):
        return day(value)
    if isinstance(block, blocks.DecimalBlock | blocks.FloatBlock):
        return number(value)
    return str(value)


def day(value: Any) -> str:
    """A date in words: 31 March 2026; what is no date as it stands."""
    return date_format(value, "j F Y") if hasattr(value, "year") else str(value or "")


def cell_html(block: blocks.Block, value: Any) -> SafeString | str:
    """A cell as safe HTML."""
    if isinstance(block, blocks.PageChooserBlock):
        target = page_target(value)
        return format_html('<a href="{}">{}</a>', target.url, target.title) if target else ""
    if isinstance(block, blocks.ListBlock):
        entries = [(words(block.child_block, one),) for one in value or [] if one]
        return (
            format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", entries))
            if entries
            else ""
        )
    if isinstance(value, RichText):
        return mark_safe(str(value))  # noqa: S308 - rich text is rendered by Wagtail
    text = words(block, value)
    if isinstance(block, blocks.TextBlock):
        return mark_safe(linebreaks(text, autoescape=True)) if text else ""  # noqa: S308 - escaped
    return conditional_escape(text)


def cell_markdown(block: blocks.Block, value: Any) -> str:
    """A cell as Markdown; lists and paragraphs are separated by line breaks."""
    if isinstance(block, blocks.PageChooserBlock):
        target = page_target(value)
        return write.link(target.title, target.url) if target else ""
    if isinstance(block, blocks.ListBlock):
        return "\n".join(write.escape(words(block.child_block, one)) for one in value or [] if one)
    if isinstance(value, RichText):
        return prose(value)
    if isinstance(block, blocks.TextBlock):
        return write.paragraphs(words(block, value))
    return write.escape(words(block, value))
