"""Nodes as pandoc's document tree (its JSON form, which no reader of pandoc has to interpret)."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.exchange.downloads.nodes import Node, Span
from knowledge.exchange.downloads.pictures import Picture

API_VERSION = [1, 23, 1]
TEXT_WIDTH_PT = 455
POINTS_PER_PIXEL = 0.75
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_ALIGN = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}
_WRAPPED = {"b": "Strong", "i": "Emph", "s": "Strikeout"}

Ast = dict[str, Any]


def document(
    meta: Mapping[str, str],
    blocks: Sequence[Ast],
    body: Sequence[Node],
    pictures: Mapping[str, Picture],
) -> Ast:
    """The whole document: ``blocks`` first (the cover), then ``body``. Images are carried inside."""
    writer = _Writer(pictures)
    return {
        "pandoc-api-version": API_VERSION,
        "meta": {key: {"t": "MetaInlines", "c": [text(value)]} for key, value in meta.items()},
        "blocks": [*blocks, *writer.blocks(body)],
    }


def text(value: str) -> Ast:
    return {"t": "Str", "c": value}


def styled(style: str, *inlines: Ast) -> Ast:
    """A paragraph in a paragraph style of reference.docx."""
    attributes = ["", [], [["custom-style", style]]]
    return {"t": "Div", "c": [attributes, [{"t": "Para", "c": list(inlines)}]]}


def link(address: str, label: str) -> Ast:
    return {"t": "Link", "c": [_NO_ATTRIBUTES, [text(label)], [address, ""]]}


def facts(rows: Sequence[tuple[str, Ast]]) -> Ast:
    """A table of two columns without a header: label and value."""
    cells = [[[{"t": "Strong", "c": [text(label)]}], [value]] for label, value in rows]
    return _table([], cells, ["left", "left"], widths=[0.28, 0.72])


class _Writer:
    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self._pictures = pictures

    def blocks(self, nodes: Sequence[Node]) -> list[Ast]:
        return [self._block(node) for node in nodes]

    def _block(self, node: Node) -> Ast:
        match node["t"]:
            case "h":
                return {
                    "t": "Header",
                    "c": [node["l"], [node["id"], [], []], self._spans(node["c"])],
                }
            case "p":
                return {"t": "Para", "c": self._spans(node["c"])}
            case "ul":
                return {"t": "BulletList", "c": [self.blocks(one["c"]) for one in node["c"]]}
            case "ol":
                style = [node["start"], {"t": "Decimal"}, {"t": "Period"}]
                return {
                    "t": "OrderedList",
                    "c": [style, [self.blocks(one["c"]) for one in node["c"]]],
                }
            case "quote":
                return {"t": "BlockQuote", "c": self.blocks(node["c"])}
            case "code":
                return {"t": "CodeBlock", "c": [_NO_ATTRIBUTES, node["x"]]}
            case "hr":
                return {"t": "HorizontalRule"}
            case "img":
                return {"t": "Para", "c": [self._image(node)]}
            case "table":
                head = [self._spans(cell) for cell in node["head"]]
                rows = [[self._spans(cell["c"]) for cell in row] for row in node["rows"]]
                return _table(head, rows, node["align"])
        return {"t": "Plain", "c": self._spans(node["c"])}

    def _spans(self, spans: Sequence[Span]) -> list[Ast]:
        return [self._span(span) for span in spans]

    def _span(self, span: Span) -> Ast:
        if isinstance(span, str):
            return text(span)
        kind = span["t"]
        if kind in _WRAPPED:
            return {"t": _WRAPPED[kind], "c": self._spans(span["c"])}
        if kind == "c":
            return {"t": "Code", "c": [_NO_ATTRIBUTES, span["x"]]}
        if kind == "br":
            return {"t": "LineBreak"}
        if kind == "img":
            return self._image(span)
        if kind == "a":
            address = "#" + span["to"] if "to" in span else span["url"]
            return {"t": "Link", "c": [_NO_ATTRIBUTES, self._spans(span["c"]), [address, ""]]}
        return {"t": "Span", "c": [_NO_ATTRIBUTES, self._spans(span["c"])]}

    def _image(self, node: Node) -> Ast:
        picture = self._pictures[node["src"]]
        width = min(node["w"] * POINTS_PER_PIXEL, TEXT_WIDTH_PT)
        data = base64.b64encode(picture.read()).decode("ascii")
        address = f"data:{picture.media_type};base64,{data}"
        attributes = ["", [], [["width", f"{width:.1f}pt"]]]
        return {"t": "Image", "c": [attributes, [text(node["alt"])], [address, ""]]}


def _table(
    head: Sequence[list[Ast]],
    rows: Sequence[Sequence[list[Ast]]],
    align: Sequence[str],
    widths: Sequence[float] = (),
) -> Ast:
    columns = [
        [{"t": _ALIGN.get(side, "AlignLeft")}, _width(widths[n] if widths else None)]
        for n, side in enumerate(align)
    ]
    body = [_NO_ATTRIBUTES, 0, [], [_row(row) for row in rows]]
    header = [_NO_ATTRIBUTES, [_row(head)] if head else []]
    return {
        "t": "Table",
        "c": [_NO_ATTRIBUTES, [None, []], columns, header, [body], [_NO_ATTRIBUTES, []]],
    }


def _width(share: float | None) -> Ast:
    return {"t": "ColWidthDefault"} if share is None else {"t": "ColWidth", "c": share}


def _row(cells: Sequence[list[Ast]]) -> list[Any]:
    return [
        _NO_ATTRIBUTES,
        [
            [_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}]]
            for cell in cells
        ],
    ]
