"""Cells of files that spreadsheets open."""

from typing import Any

# A spreadsheet would run a cell that starts with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if str(value).startswith(_FORMULA_STARTS) else value
