"""Admonitions, collapsible blocks, tabs and snippets of MkDocs, and the ``:::`` of other tools."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import alert, dedented, marked
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

MAX_NESTING = 5
_ADMONITION = re.compile(r'^(\s*)(!!!|\?\?\?\+?)\s+([\w-]+)[^"]*(?:"([^"]*)")?\s*$')
_TAB = re.compile(r'^(\s*)===[!+]?\s+"([^"]*)"\s*$')
_COLONS = re.compile(r"^\s*:::+\s*\{?\.?([A-Za-z][\w-]*)\}?\s*(.*?)\s*$")
_SNIPPET = re.compile(r"^\s*--8<--")


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    return "\n".join(_rewritten(text.split("\n"), notes, 0))


def _rewritten(lines: list[str], notes: list[Note], depth: int) -> list[str]:
    result: list[str] = []
    code = [is_code for _line, is_code in marked(lines)]
    at = 0
    while at < len(lines):
        line = lines[at]
        taken = None if code[at] or depth == MAX_NESTING else _block(lines, at, notes, depth)
        if taken is not None:
            made, at = taken
            result += made
        elif not code[at] and _SNIPPET.match(line):
            notes.append(Note(DROPPED, f"included file: {line.strip()[:80]}"))
            at += 1
        else:
            result.append(line)
            at += 1
    return result


def _block(
    lines: list[str], at: int, notes: list[Note], depth: int
) -> tuple[list[str], int] | None:
    """What the block that begins at ``at`` becomes, and the line behind it."""
    line = lines[at]
    if found := _ADMONITION.match(line):
        content, end = _indented(lines, at + 1, len(found[1]))
        notes.append(Note(MAPPED, f"admonition {found[3]} as a callout"))
        inner = _rewritten(content, notes, depth + 1)
        return _indent(alert(found[3], found[4] or "", inner), found[1]), end
    if found := _TAB.match(line):
        content, end = _indented(lines, at + 1, len(found[1]))
        notes.append(Note(MAPPED, "tab as text under its name"))
        inner = _rewritten(content, notes, depth + 1)
        return _indent([f"**{found[2]}**", "", *inner, ""], found[1]), end
    if (found := _COLONS.match(line)) and (close := _closing(lines, at)) is not None:
        end = close
        notes.append(Note(MAPPED, f"block ::: {found[1]} as a callout"))
        inner = _rewritten(dedented(lines[at + 1 : end]), notes, depth + 1)
        title = found[2].strip("[]\"' ")
        return alert(found[1], title, inner), end + 1
    return None


def _indented(lines: list[str], start: int, outer: int) -> tuple[list[str], int]:
    """The lines that are deeper than ``outer``, and where they end."""
    end = start
    while end < len(lines):
        line = lines[end]
        if line.strip() and len(line) - len(line.lstrip(" \t")) <= outer:
            break
        end += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return dedented([line.expandtabs(4) for line in lines[start:end]]), end


def _closing(lines: list[str], at: int) -> int | None:
    open_blocks = 1
    for position in range(at + 1, len(lines)):
        stripped = lines[position].strip()
        if re.fullmatch(r":::+", stripped):
            open_blocks -= 1
            if not open_blocks:
                return position
        elif _COLONS.match(lines[position]):
            open_blocks += 1
    return None


def _indent(lines: list[str], indent: str) -> list[str]:
    return [indent + line if line else line for line in lines]
