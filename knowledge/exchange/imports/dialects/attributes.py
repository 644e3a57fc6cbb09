"""Attribute lists and tables of contents by macro, layout of other tools which has no meaning here;
and addresses as lenient parsers read them, with spaces.
"""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import outside_code
from knowledge.exchange.imports.report import DROPPED, Note

_LINE = re.compile(r"^\{:\s*[^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_CONTENTS = re.compile(r"^\s*(\[TOC\]|\[\[_?TOC_?\]\]|<!--\s*toc\s*-->)\s*$", re.MULTILINE | re.I)
_IMAGE_ATTRIBUTES = re.compile(r"(!\[[^\]\n]{0,500}\]\([^()\n]{0,1000}\))\{[^{}\n]{0,200}\}")
_SPACED_LINK = re.compile(
    r"""(\]\()[ \t]*([^\s()<>]+(?:[ ]+[^\s()<>"']+)+)((?:[ ]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\))"""
)


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    def change(part: str) -> str:
        part, images = _IMAGE_ATTRIBUTES.subn(r"\1", part)
        part = _SPACED_LINK.sub(_without_spaces, part)
        part, rows = _LINE.subn("", part)
        part, contents = _CONTENTS.subn("", part)
        if images or rows:
            notes.append(Note(DROPPED, "layout attributes in braces"))
        if contents:
            notes.append(Note(DROPPED, "a table of contents, which every page has"))
        return part

    return outside_code(text, change)


def _without_spaces(link: re.Match[str]) -> str:
    address = link[2]
    # Words in brackets behind words in square ones are no link.
    if not re.search(r"[/#]|\.\w", address):
        return link[0]
    return f"{link[1]}{address.replace(' ', '%20')}{link[3]}"
