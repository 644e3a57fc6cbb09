"""Embedded Ruby of Middleman sites (``.md.erb``): never run, what has a meaning is kept."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import alert, outside_code
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

MAX_TAG_CHARS = 5000
_TAG = re.compile(rf"<%[-=#%]?(.{{0,{MAX_TAG_CHARS}}}?)[-=]?%>", re.DOTALL)
_TITLE = re.compile(r"current_page\.data\.title")
_WARNING = re.compile(
    r"(warning_text|notice_text|inset_text)\s*\(?\s*(['\"])(.*)\2\s*\)?", re.DOTALL
)
_HTML_LINK = re.compile(r"<a\s+href=[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", re.DOTALL)


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if "<%" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        ruby = match[1].strip()
        if _TITLE.search(ruby):
            notes.append(Note(MAPPED, "the title from the front matter"))
            return str(head.get("title", ""))
        warning = _WARNING.fullmatch(ruby)
        if warning is not None:
            notes.append(Note(MAPPED, f"{warning[1]} as a callout"))
            said = _HTML_LINK.sub(r"[\2](\1)", warning[3].replace("\\'", "'"))
            sort = "warning" if warning[1] == "warning_text" else "note"
            return "\n".join(alert(sort, "", [said]))
        if ruby and ruby != "end":
            notes.append(Note(DROPPED, f"embedded Ruby: {' '.join(ruby.split())[:80]}"))
        return ""

    return outside_code(text, lambda part: _TAG.sub(replace, part))
