"""Attribute lists and tables of contents by macro, layout of other tools which has no meaning here;
and addresses as lenient parsers read them, with spaces.
"""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import alert, outside_code
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

_LINE = re.compile(r"^\{:\s*[^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_CONTENTS = re.compile(r"^\s*(\[TOC\]|\[\[_?TOC_?\]\]|<!--\s*toc\s*-->)\s*$", re.MULTILINE | re.I)
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]{1,80}\]:[ \t].*$", re.MULTILINE)
# HTML whose content is Markdown: its tags go, so that the content is read as such.
_MARKDOWN_TAG = re.compile(
    r"^[ \t]*<(div|section|figure|aside|article|p|span)\b[^<>\n]*\bmarkdown\b[^<>\n]*>",
    re.MULTILINE,
)
_CLOSING_TAG = re.compile(r"^[ \t]*</(?:div|section|figure|aside|article|p|span)>[ \t]*$", re.M)
_BOX = re.compile(
    r"^\{:\s*\.(note|tip|warning|important|info|danger|caution|new|highlight)(?:-title)?\s*\}\n"
    r"((?:[^\n]*\S[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
_IMAGE_ATTRIBUTES = re.compile(r"(!\[[^\]\n]{0,500}\]\([^()\n]{0,1000}\))\{[^{}\n]{0,200}\}")
_SPACED_LINK = re.compile(
    r"""(\]\()[ \t]*([^\s()<>]+(?:[ ]+[^\s()<>"']+)+)((?:[ ]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\))"""
)


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    def change(part: str) -> str:
        part, images = _IMAGE_ATTRIBUTES.subn(r"\1", part)
        part = _SPACED_LINK.sub(_without_spaces, part)
        part = _BOX.sub(lambda box: _box(box, notes), part)
        if _MARKDOWN_TAG.search(part):
            part = _CLOSING_TAG.sub("\n", _MARKDOWN_TAG.sub("\n", part))
        part, abbreviations = _ABBREVIATION.subn("", part)
        if abbreviations:
            notes.append(Note(DROPPED, "explanations of abbreviations"))
        part, rows = _LINE.subn("", part)
        part, contents = _CONTENTS.subn("", part)
        if images or rows:
            notes.append(Note(DROPPED, "layout attributes in braces"))
        if contents:
            notes.append(Note(DROPPED, "a table of contents, which every page has"))
        return part

    return outside_code(text, change)


def _without_spaces(link: re.Match[str]) -> str:
    # Some tools write the size of a picture behind its address.
    address = re.sub(r"[ ]+=\d*x\d*$", "", link[2])
    # Words in brackets behind words in square ones are no link.
    if not re.search(r"[/#]|\.\w", address):
        return link[0]
    return f"{link[1]}{address.replace(' ', '%20')}{link[3]}"


def _box(box: re.Match[str], notes: list[Note]) -> str:
    notes.append(Note(MAPPED, f"class {box[1]} as a callout"))
    lines = [re.sub(r"^>\s?", "", line) for line in box[2].rstrip("\n").split("\n")]
    return "\n".join(alert(box[1], "", lines)) + "\n"
