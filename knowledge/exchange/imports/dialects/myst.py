"""Directives of MyST in fences, such as ```` ```{note} ````: callouts, or code of their language."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import ALERTS, alert
from knowledge.exchange.imports.report import MAPPED, Note

_OPEN = re.compile(r"^\s*(`{3,}|~{3,})\{([\w:-]+)\}[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r"^\s*:([\w-]+):[ \t]*(.*?)[ \t]*$")
_CODE = frozenset(["code", "code-block", "sourcecode", "code-cell"])


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if "{" not in text:
        return text
    lines = text.split("\n")
    result: list[str] = []
    at = 0
    while at < len(lines):
        found = _OPEN.match(lines[at])
        end = _end(lines, at, found[1]) if found else None
        if found is None or end is None:
            result.append(lines[at])
            at += 1
            continue
        result += _directive(found[1], found[2], found[3], lines[at + 1 : end], notes)
        at = end + 1
    return "\n".join(result)


def _directive(
    fence: str, name: str, rest: str, content: list[str], notes: list[Note]
) -> list[str]:
    options: dict[str, str] = {}
    while content and (option := _OPTION.match(content[0])):
        options[option[1]] = option[2]
        content = content[1:]
    if name in _CODE:
        return [f"{fence}{rest}", *content, fence]
    if name != "admonition" and name not in ALERTS:
        return [f"{fence}{name}", *content, fence]
    notes.append(Note(MAPPED, f"directive {name} as a callout"))
    sort = options.get("class", name) if name == "admonition" else name
    # Only an admonition has a title; elsewhere the text may begin on the first line.
    title, first = (rest, []) if name == "admonition" else ("", [rest] if rest else [])
    return alert(sort, title, [*first, *content])


def _end(lines: list[str], at: int, fence: str) -> int | None:
    for position in range(at + 1, len(lines)):
        bare = lines[position].strip()
        if len(bare) >= len(fence) and set(bare) == {fence[0]}:
            return position
    return None
