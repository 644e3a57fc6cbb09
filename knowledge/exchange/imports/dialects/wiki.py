"""Links of wikis, ``[[Page]]``, as links that name a page instead of a path.

Wikis disagree which side of the bar is the page, so the address names both.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from knowledge.exchange.imports.dialects.lines import outside_code
from knowledge.exchange.imports.report import MAPPED, Note

WIKI_SCHEME = "wiki:"
_LINK = re.compile(r"(!?)\[\[([^\s\[\]|][^\[\]|\n]{0,200})(?:\|([^\[\]|\n]{0,200}))?\]\](?!\()")


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if "[[" not in text:
        return text

    def replace(found: re.Match[str]) -> str:
        notes.append(Note(MAPPED, "link of a wiki"))
        first, second = found[2].strip(), (found[3] or "").strip()
        if re.fullmatch(r"\d+(x\d+)?", second):
            second = ""  # the size of a picture
        words = second or first.partition("#")[0] or first.strip("#")
        return f"{found[1]}[{words}]({WIKI_SCHEME}{quote(first)}|{quote(second)})"

    return outside_code(text, lambda part: _LINK.sub(replace, part))
