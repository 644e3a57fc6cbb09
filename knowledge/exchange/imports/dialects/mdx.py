"""Components of MDX sites: boxes become callouts, tabs their names; imports and other tags go.

Only names that such sites use are read as components: ``<Name>`` may be a placeholder.
"""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import (
    alert,
    dedented,
    marked,
    outside_code,
)
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

_IMPORT = re.compile(
    r"^(?:import\s[^;\n]{0,500}?from\s+|import\s+)[\"'][^\"'\n]+[\"'];?[ \t]*$|^export\s+(?:const|default|function)\b.*$",
    re.MULTILINE,
)
_COMMENT = re.compile(r"\{/\*.{0,1000}?\*/\}", re.DOTALL)
_BOXES = {
    **{"Note": "note", "Info": "note", "Tip": "tip", "Check": "tip", "Hint": "tip"},
    **{"Warning": "warning", "Caution": "caution", "Danger": "danger"},
    **{"Admonition": "note", "Callout": "note", "Aside": "note", "Alert": "note"},
}
_NAMED = frozenset(["TabItem", "Tab", "Card", "LinkCard", "Accordion", "Step", "Update"])
_PLAIN = frozenset(
    ["Tabs", "CardGroup", "CardGrid", "Cards", "AccordionGroup", "Steps", "CodeGroup", "Frame"]
)
_NAMES = "|".join([*_BOXES, *_NAMED, *_PLAIN])
_TAG = re.compile(rf"<(/?)({_NAMES})\b((?:\s[^<>\n]{{0,500}}?)?)\s*(/?)>")
_VALUE = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)'|\{["'`]([^"'`{}]*)["'`]\})""")


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if _IMPORT.search(text):
        text = outside_code(text, lambda part: _without_modules(part, notes))
    if "{/*" in text:
        text = outside_code(text, lambda part: _COMMENT.sub("", part))
    if _TAG.search(text):
        text = "\n".join(_components(text.split("\n"), notes))
    return text


def _without_modules(part: str, notes: list[Note]) -> str:
    part, count = _IMPORT.subn("", part)
    if count:
        notes.append(Note(DROPPED, "imports of components"))
    return part


def _components(lines: list[str], notes: list[Note]) -> list[str]:
    result: list[str] = []
    inside: list[tuple[str, dict[str, str], list[str]]] = []
    # What is never closed is a placeholder.
    closed = {found[2] for line in lines for found in _TAG.finditer(line) if found[1]}

    def close() -> None:
        name, values, content = inside.pop()
        made = _made(name, values, dedented(content), notes)
        (inside[-1][2] if inside else result).extend(made)

    for line, is_code in marked(lines):
        at = 0
        for found in [] if is_code else _TAG.finditer(line):
            if not found[4] and found[2] not in closed:
                continue
            before = line[at : found.start()]
            at = found.end()
            (inside[-1][2] if inside else result).extend([before] if before.strip() else [])
            if not found[1]:
                inside.append((found[2], _values(found[3]), []))
            if (found[1] or found[4]) and inside and inside[-1][0] == found[2]:
                close()
        if at == 0 or line[at:].strip():
            (inside[-1][2] if inside else result).append(line[at:])
    while inside:
        close()
    return result


def _made(name: str, values: Mapping[str, str], content: list[str], notes: list[Note]) -> list[str]:
    title = values.get("title") or values.get("label") or values.get("value", "")
    if name in _BOXES:
        notes.append(Note(MAPPED, f"component {name} as a callout"))
        return alert(values.get("type") or _BOXES[name], title, content)
    head = f"**{title}**" if title else ""
    if head and (target := values.get("href", "")):
        head = f"[{title}]({target.replace(' ', '%20')})"
    notes.append(Note(MAPPED, f"component {name} as text"))
    return ["", head, "", *content, ""]


def _values(words: str) -> dict[str, str]:
    return {key: a or b or c for key, a, b, c in _VALUE.findall(words)}
