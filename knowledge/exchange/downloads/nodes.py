"""Our Markdown form as a tree of plain data, from which PDF and DOCX are made.

A string of this data is text and stays text: it is never read as code of typst or of pandoc.
Images are named only when the caller knows them; an address is never fetched.

Blocks: ``h`` (l, c, id), ``p`` and ``flat`` (c), ``ul`` (ticks, tight, c), ``ol`` (start, tight, c),
``quote`` (c), ``code`` (x, lang), ``table`` (columns, align, head, rows), ``hr``, ``img``. Spans: a
string, ``b``, ``i``, ``s``, ``span`` (c), ``c`` (x), ``br``, ``img`` (src, alt, w, h in pixels),
``a`` (c, and ``to``, an id of this document, or ``url``).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from knowledge.exchange.downloads.pictures import Picture

Node = dict[str, Any]
Span = str | Node

_TICKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
_SAFE_SCHEMES = ("http://", "https://", "mailto:")

# Inline HTML is on only for the <br> of table cells; any other tag stays the text it is.
_parser = (
    MarkdownIt("commonmark", {"html": True})
    .enable(["table", "strikethrough"])
    .disable("html_block")
)


def from_markdown(source: str, pictures: Mapping[str, Picture] | None = None) -> list[Node]:
    """Nodes of ``source``. ``pictures`` maps the address of an image in it to its file."""
    return _Writer(pictures or {}, source).document()


class _Writer:
    def __init__(self, pictures: Mapping[str, Picture], source: str) -> None:
        self._pictures = pictures
        self._tree = SyntaxTreeNode(_parser.parse(source))
        self._anchors: dict[int, str] = {}
        self._taken: set[str] = set()
        self._level = 0
        self._name_headings(self._tree)

    def document(self) -> list[Node]:
        return self._blocks(self._tree.children)

    def _name_headings(self, tree: SyntaxTreeNode) -> None:
        for node in tree.walk():
            if node.type == "heading":
                base = slugify(_plain(node))[:60] or "part"
                anchor, number = base, 2
                while anchor in self._taken:
                    anchor, number = f"{base}-{number}", number + 1
                self._taken.add(anchor)
                self._anchors[id(node)] = anchor

    # Blocks.

    def _blocks(self, nodes: Iterable[SyntaxTreeNode]) -> list[Node]:
        return [made for node in nodes for made in self._block(node)]

    def _block(self, node: SyntaxTreeNode) -> list[Node]:
        write = getattr(self, f"_{node.type}", None)
        if write is not None:
            return list(write(node))
        if node.type == "inline":
            return self._text(node, "flat")
        return [{"t": "p", "c": [node.content]}] if node.content else []

    def _heading(self, node: SyntaxTreeNode) -> Iterable[Node]:
        spans = self._spans(node.children[0]) if node.children else []
        if not _words(spans):
            return
        # Sections of an artifact are level 2 of our Markdown; a level is never skipped, which
        # PDF/UA asks for.
        self._level = min(max(int(node.tag[1]) - 1, 1), self._level + 1, 4)
        yield {"t": "h", "l": self._level, "c": spans, "id": self._anchors[id(node)]}

    def _paragraph(self, node: SyntaxTreeNode) -> Iterable[Node]:
        return self._text(node.children[0], "flat" if node.hidden else "p")

    def _text(self, inline: SyntaxTreeNode, kind: str) -> list[Node]:
        alone = inline.children
        if len(alone) == 1 and alone[0].type == "image":
            picture = self._pictures.get(str(alone[0].attrs.get("src", "")))
            if picture is not None:
                return [_image(alone[0], picture)]
        spans = self._spans(inline)
        return [{"t": kind, "c": spans}] if spans else []

    def _bullet_list(self, node: SyntaxTreeNode) -> Iterable[Node]:
        entries, ticks = [], True
        for child in node.children:
            ticked = _take_tick(child)
            ticks = ticks and bool(ticked)
            content = self._blocks(child.children)
            if ticked:
                _prepend(content, ticked)
            entries.append({"c": content})
        yield {"t": "ul", "ticks": ticks, "tight": _is_tight(node), "c": entries}

    def _ordered_list(self, node: SyntaxTreeNode) -> Iterable[Node]:
        yield {
            "t": "ol",
            "start": min(int(node.attrs.get("start", 1)), 99_999),
            "tight": _is_tight(node),
            "c": [{"c": self._blocks(child.children)} for child in node.children],
        }

    def _blockquote(self, node: SyntaxTreeNode) -> Iterable[Node]:
        # A heading inside a quotation would enter the contents: it becomes a bold line.
        inner = []
        for child in node.children:
            if child.type == "heading":
                inner.append({"t": "p", "c": [{"t": "b", "c": self._spans(child.children[0])}]})
            else:
                inner += self._block(child)
        yield {"t": "quote", "c": inner}

    def _fence(self, node: SyntaxTreeNode) -> Iterable[Node]:
        language = node.info.split()[0] if node.info.strip() else ""
        yield {"t": "code", "x": node.content.rstrip("\n"), "lang": language}

    _code_block = _fence

    def _hr(self, node: SyntaxTreeNode) -> Iterable[Node]:
        yield {"t": "hr"}

    def _table(self, node: SyntaxTreeNode) -> Iterable[Node]:
        rows = [row.children for part in node.children for row in part.children]
        head, *body = rows
        yield {
            "t": "table",
            "columns": len(head),
            "align": [_alignment(cell) for cell in head],
            "head": [self._cell(cell) for cell in head],
            "rows": [[{"c": self._cell(cell)} for cell in row] for row in body],
        }

    def _cell(self, cell: SyntaxTreeNode) -> list[Span]:
        return self._spans(cell.children[0]) if cell.children else []

    # Text.

    def _spans(self, inline: SyntaxTreeNode) -> list[Span]:
        spans: list[Span] = []
        for child in inline.children:
            made = self._span(child)
            if isinstance(made, str) and spans and isinstance(spans[-1], str):
                spans[-1] += made
            elif made:
                spans.append(made)
        return spans

    def _span(self, node: SyntaxTreeNode) -> Span:
        match node.type:
            case "softbreak":
                return " "
            case "hardbreak":
                return {"t": "br"}
            case "html_inline":
                is_break = re.fullmatch(r"<br\s*/?>", node.content, re.IGNORECASE)
                return {"t": "br"} if is_break else node.content
            case "strong":
                return {"t": "b", "c": self._spans(node)}
            case "em":
                return {"t": "i", "c": self._spans(node)}
            case "s":
                return {"t": "s", "c": self._spans(node)}
            case "code_inline":
                return {"t": "c", "x": node.content}
            case "link":
                return self._link(node)
            case "image":
                return self._inline_image(node)
        return str(node.content)

    def _link(self, node: SyntaxTreeNode) -> Node:
        address = str(node.attrs.get("href", ""))
        spans = self._spans(node) or [address]
        if address.startswith("#") and address[1:] in self._taken:
            return {"t": "a", "to": address[1:], "c": spans}
        if address.lower().startswith(_SAFE_SCHEMES):
            return {"t": "a", "url": address, "c": spans}
        return {"t": "span", "c": spans}

    def _inline_image(self, node: SyntaxTreeNode) -> Span:
        picture = self._pictures.get(str(node.attrs.get("src", "")))
        if picture is None:
            return f"[{node.content}]" if node.content else ""
        return _image(node, picture)


def _image(node: SyntaxTreeNode, picture: Picture) -> Node:
    size = {"w": picture.width, "h": picture.height}
    return {"t": "img", "src": picture.name, "alt": node.content, **size}


def _take_tick(item: SyntaxTreeNode) -> str:
    """The box of a task; its Markdown is taken out of the text."""
    paragraph = item.children[0] if item.children else None
    if paragraph is None or paragraph.type != "paragraph" or not paragraph.children[0].children:
        return ""
    first = paragraph.children[0].children[0]
    if first.type != "text" or first.token is None:
        return ""
    for mark, box in _TICKS.items():
        if first.content.startswith(mark):
            first.token.content = first.content[len(mark) :]
            return box
    return ""


def _prepend(blocks: list[Node], box: str) -> None:
    if blocks and blocks[0]["t"] in ("flat", "p"):
        blocks[0]["c"] = [box, *blocks[0]["c"]]
    else:
        blocks.insert(0, {"t": "flat", "c": [box]})


def _is_tight(node: SyntaxTreeNode) -> bool:
    return all(
        child.hidden
        for item in node.children
        for child in item.children
        if child.type == "paragraph"
    )


def _alignment(cell: SyntaxTreeNode) -> str:
    style = str(cell.attrs.get("style", ""))
    return style.rpartition(":")[2].strip() or "left"


def _plain(node: SyntaxTreeNode) -> str:
    return "".join(
        one.content for one in node.walk() if one.type in ("text", "code_inline", "html_inline")
    )


def _words(spans: Sequence[Span]) -> str:
    return "".join(
        span if isinstance(span, str) else span.get("x", "") + _words(span.get("c", []))
        for span in spans
    ).strip()
