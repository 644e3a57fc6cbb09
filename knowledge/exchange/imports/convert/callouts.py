"""What is set apart from the text: alerts and quotations."""

import re
from typing import Any

from markdown_it.tree import SyntaxTreeNode

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
    """Tone and title when the quotation is an alert; its mark is taken out of the text."""
    first = node.children[0] if node.children else None
    if first is None or first.type != "paragraph" or not first.children[0].children:
        return None
    texts = first.children[0].children
    found = _ALERT.match(texts[0].content) if texts[0].type == "text" else None
    if found is None:
        return None
    # The title is the rest of the first line; the text begins on the next one.
    title_nodes = [found[2]]
    position = 1
    while position < len(texts) and texts[position].type not in ("softbreak", "hardbreak"):
        title_nodes.append(texts[position].content or plain(texts[position]))
        position += 1
    first.children[0].children = texts[position + 1 :]
    title = " ".join("".join(title_nodes).split())[:MAX_TITLE_CHARS]
    return TONES[found[1].lower()], title


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
