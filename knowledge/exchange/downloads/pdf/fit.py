"""Makes a tree of nodes fit an A4 page: pictures scaled, long lines and words given places to break."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from knowledge.exchange.downloads.nodes import Node, Span

# The text on A4 with the margins of document.typ, and a height that leaves room for a caption.
TEXT_WIDTH_PT, MAX_PICTURE_HEIGHT_PT = 459, 560
INLINE_PICTURE_HEIGHT_PT = 16
POINTS_PER_PIXEL = 0.75

# Columns of code that fit at a size in points; what is longer than the last is wrapped.
CODE_SIZES = ((92, 8.0), (104, 7.2), (118, 6.4))
CODE_WRAP_COLUMNS = 118

# A word of more characters, without a place to break, would run out of its line or cell.
LINE_WORD_CHARS, CELL_WORD_CHARS = 70, 22
ZERO_WIDTH_SPACE = "\u200b"

VARIATION_SELECTOR = "\ufe0f"
# Characters that are shown as pictures by default, which text fonts lack.
_PICTOGRAPH = re.compile(
    "[\u231a\u231b\u23e9-\u23f3\u2614\u2615\u26a1\u26d4\u2705\u2728\u274c\u274e\u2753-\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]"
)


def to_page(nodes: list[Node]) -> list[Node]:
    """The same tree with sizes in points."""
    return [_block(node) for node in nodes]


def _block(node: Node) -> Node:
    match node["t"]:
        case "code":
            return _code(node)
        case "img":
            return _picture(node)
        case "table":
            return {
                **node,
                "head": [_spans(cell, CELL_WORD_CHARS) for cell in node["head"]],
                "rows": [
                    [{"c": _spans(cell["c"], CELL_WORD_CHARS)} for cell in row]
                    for row in node["rows"]
                ],
            }
        case "ul" | "ol":
            return {**node, "c": [{"c": to_page(entry["c"])} for entry in node["c"]]}
        case "quote":
            return {**node, "c": to_page(node["c"])}
        case "h" | "p" | "flat":
            return {**node, "c": _spans(node["c"], LINE_WORD_CHARS)}
    return node


def _spans(spans: list[Span], longest: int) -> list[Span]:
    return [_span(span, longest) for span in spans]


def _span(span: Span, longest: int) -> Span:
    if isinstance(span, str):
        return _softened(span, longest)
    if span["t"] == "img":
        height = min(span["h"] * POINTS_PER_PIXEL, INLINE_PICTURE_HEIGHT_PT)
        width = min(height * span["w"] / span["h"], TEXT_WIDTH_PT)
        return {**span, "w": round(width, 2), "h": round(height, 2)}
    changed = dict(span)
    if "c" in span:
        changed["c"] = _spans(span["c"], longest)
    if "x" in span:
        changed["x"] = _softened(span["x"], longest)
    return changed


def _softened(text: str, longest: int) -> str:
    def soften(match: re.Match[str]) -> str:
        return ZERO_WIDTH_SPACE.join(re.findall(rf".{{1,{longest}}}", match[0]))

    return re.sub(rf"\S{{{longest + 1},}}", soften, text)


def _code(node: Node) -> Node:
    lines = node["x"].expandtabs(4).split("\n")
    longest = max(map(len, lines))
    size = next((size for columns, size in CODE_SIZES if longest <= columns), CODE_SIZES[-1][1])
    width = CODE_WRAP_COLUMNS
    wrapped = [line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width)]
    return {**node, "x": "\n".join(wrapped), "size": size}


def _picture(node: Node) -> Node:
    width, height = node["w"] * POINTS_PER_PIXEL, node["h"] * POINTS_PER_PIXEL
    scale = min(1, TEXT_WIDTH_PT / width, MAX_PICTURE_HEIGHT_PT / height)
    return {**node, "w": round(width * scale, 2), "h": round(height * scale, 2)}


def spelt_out(data: Any) -> Any:
    """The same data with pictographs as their names, for machines without a font that has them."""
    return _mapped(data, lambda text: _PICTOGRAPH.sub(_name, text))


def _name(match: re.Match[str]) -> str:
    name = unicodedata.name(match[0], "")
    return f"[{name.lower()}]" if name and match[0] != VARIATION_SELECTOR else ""


def _mapped(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [_mapped(one, change) for one in data]
    if isinstance(data, dict):
        return {key: _mapped(one, change) for key, one in data.items()}
    return data
