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
_ASIDE = re.compile(
    r"^[ \t]*<%-?\s*content_for\s+:(\w+)\s+do\s*-?%>(.*?)<%-?\s*end\s*-?%>",
    re.DOTALL | re.MULTILINE,
)
_HTML_LINK = re.compile(r"<a\s+href=[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", re.DOTALL)


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if "<%" not in text:
        return text
    asides: list[str] = []

    def aside(match: re.Match[str]) -> str:
        notes.append(Note(MAPPED, f"block {match[1]} at the end of the page"))
        asides.append(re.sub(r"^[ \t]+", "", match[2], flags=re.MULTILINE).strip())
        return ""

    text = outside_code(text, lambda part: _ASIDE.sub(aside, part))
    text = "\n\n".join([text, *asides])

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
