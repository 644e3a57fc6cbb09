"""Dialects of Markdown, each rewritten to the one that convert/ reads: CommonMark with tables, task
lists, and GitHub's alerts (``> [!NOTE] title``) for everything that is set apart from the text.
"""

from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects import (
    attributes,
    emoji,
    erb,
    govuk,
    hugo,
    liquid,
    mdx,
    mkdocs,
    myst,
    wiki,
)
from knowledge.exchange.imports.report import Note

# What fences code comes first, what touches addresses last.
_DIALECTS = (erb, hugo, liquid, myst, mdx, mkdocs, govuk, attributes, wiki, emoji)


def rewrite(source: str, head: Mapping[str, Any]) -> tuple[str, list[Note]]:
    """The text in one dialect, and what was met on the way."""
    notes: list[Note] = []
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    for dialect in _DIALECTS:
        text = dialect.rewrite(text, head, notes)
    return text, notes
