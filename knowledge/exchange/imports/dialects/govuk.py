"""Govspeak, the Markdown of GOV.UK: what it sets apart with signs becomes a callout."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import alert, marked
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

_LINE = re.compile(r"^([\^%@])\s?(\S.*?)\1?\s*$")
_SIGNS = {"^": "note", "%": "warning", "@": "important"}
_FENCED = re.compile(r"^\$(CTA|CI|C|E|A|D|I|P|!)\s*$")
_NAMES = {"CTA": "Call to action", "C": "Contact", "E": "Example", "A": "Address", "D": "Download"}
_EXTENSION = re.compile(r"\{(::|/|barchart|stat)[^{}\n]{0,200}\}")


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    result: list[str] = []
    sign = ""
    content: list[str] = []
    for line, is_code in marked(text.split("\n")):
        fenced = None if is_code else _FENCED.match(line)
        if fenced and not sign:
            sign, content = fenced[1], []
        elif fenced and fenced[1] == sign:
            notes.append(Note(MAPPED, f"block ${sign} as a callout"))
            result += alert("note", _NAMES.get(sign, ""), content)
            sign = ""
        elif sign:
            content.append(line)
        else:
            result += [line] if is_code else _line(line, notes)
    if sign:
        result += [f"${sign}", *content]
    return "\n".join(result)


def _line(line: str, notes: list[Note]) -> list[str]:
    found = _LINE.match(line)
    # A closing sign is asked for: a line that begins with one may be anything else.
    if found and line.rstrip().endswith(found[1]) and len(line.strip()) > 2:
        notes.append(Note(MAPPED, f"block {found[1]} as a callout"))
        return alert(_SIGNS[found[1]], "", [found[2]])
    if "{" in line and _EXTENSION.search(line):
        notes.append(Note(DROPPED, f"extension: {line.strip()[:80]}"))
        return [_EXTENSION.sub("", line)]
    return [line]
