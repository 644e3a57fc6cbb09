"""An answer as it stands in the document: on a line, or as a block where it stands alone."""

from typing import Any

from django.utils.translation import gettext as _

from templates_lib.markdown import write

# What the reading of a form gives: a text, several texts, or the rows of a table.
Answer = str | list[str] | list[list[str]]
YES, NO = "yes", "no"


def in_words(variable: Any, answer: Any) -> str:
    """On one line, as plain text; empty for an answer that was left empty."""
    if not answer:
        return ""
    kind = variable.get("kind")
    if kind == "several":
        return ", ".join(answer) if isinstance(answer, list) else str(answer)
    if kind == "table":
        return "; ".join(", ".join(cell for cell in row if cell) for row in _rows(answer))
    if kind == "yes_no":
        return {YES: _("Yes"), NO: _("No")}.get(str(answer), str(answer))
    if isinstance(answer, list):
        return ", ".join(str(one) for one in answer)
    unit = (variable.get("unit") or "").strip() if kind in ("number", "computed") else ""
    gap = "" if unit.startswith("%") else " "
    return f"{answer}{gap}{unit}" if unit else str(answer)


def as_block(variable: Any, answer: Any) -> str:
    """Markdown for a placeholder that has a paragraph for itself; empty: as on a line."""
    if variable.get("kind") == "several" and isinstance(answer, list) and len(answer) > 1:
        return write.bullets(write.escape(one) for one in answer)
    if variable.get("kind") == "table" and answer:
        header = [column.get("label") for column in variable.get("columns") or []]
        return write.table(header, [[write.escape(cell) for cell in row] for row in _rows(answer)])
    return ""


def _rows(answer: Any) -> list[list[str]]:
    return [row for row in answer if isinstance(row, list)] if isinstance(answer, list) else []
