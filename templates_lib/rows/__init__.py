"""Parts that are a list of rows: one table on the page, cards on a phone, a table in Markdown."""

from templates_lib.rows.part import Column, Row, RowsBlock, day, words

__all__ = ["Column", "Row", "RowsBlock", "day", "words"]
