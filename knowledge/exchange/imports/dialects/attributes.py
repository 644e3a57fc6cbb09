"""Attribute lists, tables of contents by macro: layout of other tools, which has no meaning here."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import outside_code
from knowledge.exchange.imports.report import DROPPED, Note

_LINE = re.compile(r"^\{:\s*[^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_CONTENTS = re.compile(r"^\s*(\[TOC\]|\[\[_?TOC_?\]\]|<!--\s*toc\s*-->)\s*$", re.MULTILINE | re.I)
_IMAGE_ATTRIBUTES = re.compile(r"(!\[[^\]\n]{0,500}\]\([^()\n]{0,1000}\))\{[^{}\n]{0,200}\}")


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    def change(part: str) -> str:
        part, images = _IMAGE_ATTRIBUTES.subn(r"\1", part)
        part, rows = _LINE.subn("", part)
        part, contents = _CONTENTS.subn("", part)
        if images or rows:
            notes.append(Note(DROPPED, "layout attributes in braces"))
        if contents:
            notes.append(Note(DROPPED, "a table of contents, which every page has"))
        return part

    return outside_code(text, change)
