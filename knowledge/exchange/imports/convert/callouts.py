"""What is set apart from the text: alerts and quotations."""

import re
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from knowledge.exchange.imports.convert.html import tag_of
from knowledge.exchange.imports.convert.parse import plain

MAX_TITLE_CHARS = 120
TONES = {
    "note": "note",
    "tip": "tip",
    "important": "warning",
    "warning": "warning",
    "caution": "danger",
    "danger": "danger",
}
_ALERT = re.compile(r"^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*(.*)$", re.IGNORECASE)
_LABEL = re.compile(
    r"^[\W_]*(note|tip|hint|info|important|warning|caution|danger|attention|tl;?dr)\b",
    re.IGNORECASE,
)
_LABEL_TONES = {
    **{"note": "note", "info": "note", "tip": "tip", "hint": "tip", "important": "warning"},
    **{"warning": "warning", "attention": "warning", "caution": "danger", "danger": "danger"},
}


def alert_of(node: SyntaxTreeNode) -> tuple[str, str] | None:
    """Tone and title when the quotation is an alert; its mark is taken out of the text.

    The title is the rest of the first line, unless that is more than a title can hold: then it
    stays in the text, which begins with it.
    """
    first = node.children[0] if node.children else None
    if first is None or first.type != "paragraph" or not first.children[0].children:
        return None
    texts = first.children[0].children
    found = _ALERT.match(texts[0].content) if texts[0].type == "text" else None
    if found is None:
        return None
    if texts[0].token is not None:
        texts[0].token.content = found[2]
    breaks = (at for at, one in enumerate(texts) if one.type in ("softbreak", "hardbreak"))
    end = next(breaks, len(texts))
    line = first.children[0]
    line.children = texts[:end]
    title = plain(line)
    is_title = len(title) <= MAX_TITLE_CHARS and not _leads_or_shows(line, title)
    line.children = texts[end + 1 :] if is_title else texts
    return TONES[found[1].lower()], title if is_title else ""


def _leads_or_shows(line: SyntaxTreeNode, words: str) -> bool:
    """Whether the line holds a link, a bare address or a picture, which a title would lose."""
    return "://" in words or any(
        one.type in ("link", "image")
        or (one.type == "html_inline" and tag_of(one.content)[0] in ("a", "img"))
        for one in line.walk()
    )


def labelled_tone(node: SyntaxTreeNode) -> str:
    """The tone of a quotation that begins with a bold label, as in ``> **Note**: …``.

    A label that only names the tone is taken out of the text: the callout bears it already.
    """
    first = node.children[0] if node.children else None
    if first is None or first.type != "paragraph" or not first.children[0].children:
        return ""
    # The parser puts an empty text before a mark that begins a line.
    words = [one for one in first.children[0].children if one.type != "text" or one.content]
    opening = words[0] if words else first
    if opening.type not in ("strong", "em"):
        return ""
    label = plain(opening)
    found = _LABEL.match(label)
    if found is None:
        return ""
    tone = _LABEL_TONES.get(found[1].lower(), "note")
    rest = words[1:]
    if rest and label.strip(" :.!").lower() == tone:
        if rest[0].type in ("softbreak", "hardbreak"):
            rest = rest[1:]
        elif rest[0].token is not None:
            rest[0].token.content = rest[0].content.lstrip(" :.–—-")
        first.children[0].children = rest
    return tone


def is_plain_quote(blocks: list[dict[str, Any]]) -> bool:
    """Whether the quotation is one run of words, without links, lists and the like."""
    if len(blocks) != 1 or "paragraph" not in blocks[0]:
        return False
    return not re.search(r"\]\(|^\s*(?:[-*+]|\d+\.)\s|`", blocks[0]["paragraph"], re.MULTILINE)
