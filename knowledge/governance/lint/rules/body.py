"""A body as its stored data: parts, rows, running text, and links, each with its place.

Read from the raw data and not from values, so that no page, picture or file is looked up; a draft
on the screen gives the same data as a row of the database.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

_BREAK = re.compile(r"</(?:p|li|h[1-6]|blockquote|td|th)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_MARKED = re.compile(r"^\s*(?:[-*+>|]|\d+[.)]|#{1,6})\s*", re.MULTILINE)
_PAGE_LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>', re.IGNORECASE)
_PAGE_ID = re.compile(r'\bid="(\d+)"')
_HREF = re.compile(r'<a [^>]*href="([^"]*)"', re.IGNORECASE)
_MD_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(\s*<?([^\s)>]+)")
_MD_BARE = re.compile(r"<(https?://[^\s>]+)>")
# Words in these are no sentences of the author, or are not meant to be read as such.
_NO_PROSE = frozenset(
    ["code", "command", "source_title", "attribution", "credit", "formula", "key", "unit", "period"]
)
# Their "source" is program text.
_PROGRAMS = frozenset(["code", "diagram"])


@dataclass(frozen=True, slots=True)
class Node:
    """One value somewhere in a body. ``name`` is that of the field it stands in."""

    path: str
    name: str
    block: blocks.Block
    raw: Any


@dataclass(frozen=True, slots=True)
class Part:
    """One block at the top of a body, with everything in it."""

    type: str
    path: str
    block: blocks.Block
    raw: Any

    def rows(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries of a list in it, with their places."""
        value = self.raw.get(name) if isinstance(self.raw, dict) else None
        for path, entry in _entries(value, f"{self.path}.{name}"):
            if isinstance(entry, dict):
                yield path, entry

    def nodes(self) -> Iterator[Node]:
        yield from _walk(self.type, self.block, self.raw, self.path)


@dataclass(frozen=True, slots=True)
class Paragraph:
    path: str
    text: str
    # Running text, in contrast to a cell, a title or a name.
    flows: bool


@dataclass(frozen=True, slots=True)
class Link:
    """To a page by ``page_id``, or to an ``address`` that was typed."""

    path: str
    page_id: int | None = None
    address: str = ""


def parts_of(body: Any) -> tuple[Part, ...]:
    """``body`` is a StreamValue, or None for a kind that has no body."""
    if body is None:
        return ()
    known = body.stream_block.child_blocks
    return tuple(
        Part(raw["type"], f"body.{raw.get('id')}", known[raw["type"]], raw.get("value"))
        for raw in body.get_prep_value()
        if raw["type"] in known
    )


def paragraphs(part: Part) -> Iterator[Paragraph]:
    """All text that an author wrote into it, program text and names of sources left out."""
    for node in part.nodes():
        if not isinstance(node.raw, str) or not node.raw.strip() or node.name in _NO_PROSE:
            continue
        if part.type in _PROGRAMS and node.name == "source":
            continue
        if isinstance(node.block, blocks.RichTextBlock):
            for piece in _BREAK.split(node.raw):
                yield from _piece(node.path, html.unescape(_TAG.sub("", piece)), flows=True)
        elif isinstance(node.block, blocks.TextBlock):
            flows = node.name == "source"
            for piece in re.split(r"\n\s*\n", _without_marks(node.raw) if flows else node.raw):
                yield from _piece(node.path, piece, flows=True)
        elif type(node.block) is blocks.CharBlock:
            yield from _piece(node.path, node.raw, flows=False)


def links(part: Part) -> Iterator[Link]:
    """Where it leads, by chooser, in rich text and in Markdown."""
    for node in part.nodes():
        if isinstance(node.block, blocks.PageChooserBlock):
            if node.raw:
                yield Link(node.path, page_id=int(node.raw))
        elif not isinstance(node.raw, str):
            continue
        elif isinstance(node.block, blocks.URLBlock):
            if node.raw:
                yield Link(node.path, address=node.raw)
        elif isinstance(node.block, blocks.RichTextBlock):
            yield from _rich_links(node)
        elif part.type == "markdown" or (part.type == "document_body" and node.name == "source"):
            text = _CODE_SPAN.sub("", _FENCE.sub("", node.raw))
            for found in (_MD_LINK, _MD_BARE):
                yield from (Link(node.path, address=one) for one in found.findall(text))


def own_path(address: str, own_host: str) -> str:
    """The path of an address of this site; empty for others and for places on the same page."""
    scheme, host, path = _split(address)
    here = (not scheme and not host) or (scheme in ("http", "https") and host == own_host)
    return path if here and path.startswith("/") else ""


def outside(address: str, own_host: str) -> str:
    """An address of another site, as it is asked for: without the place on its page; else empty."""
    scheme, host, _path = _split(address)
    if scheme not in ("http", "https") or not host or host == own_host:
        return ""
    return address.strip().partition("#")[0]


def _split(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", "?", ""
    return parts.scheme.lower(), parts.netloc.lower(), parts.path


def _piece(path: str, text: str, *, flows: bool) -> Iterator[Paragraph]:
    words = " ".join(text.split())
    if words:
        yield Paragraph(path, words, flows)


def _without_marks(source: str) -> str:
    text = _FENCE.sub("\n\n", source)
    # Entries of a list are paragraphs of their own.
    text = re.sub(r"\n(?=\s*(?:[-*+]|\d+[.)])\s)", "\n\n", text)
    return _MARKED.sub("", _CODE_SPAN.sub("", text))


def _rich_links(node: Node) -> Iterator[Link]:
    for tag in _PAGE_LINK.findall(node.raw):
        if number := _PAGE_ID.search(tag):
            yield Link(node.path, page_id=int(number[1]))
    for address in _HREF.findall(node.raw):
        yield Link(node.path, address=html.unescape(address))


def _entries(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Entries of a stored list; those of an older form have no place of their own."""
    for entry in value or []:
        if isinstance(entry, dict) and entry.get("type") == "item" and "value" in entry:
            yield f"{path}.{entry['id']}" if entry.get("id") else path, entry["value"]
        else:
            yield path, entry


def _walk(name: str, block: blocks.Block, raw: Any, path: str) -> Iterator[Node]:
    yield Node(path, name, block, raw)
    if isinstance(block, TypedTableBlock):
        yield from _walk_table(block, raw, path)
    elif isinstance(block, blocks.StructBlock):
        if isinstance(raw, dict):
            for child_name, child in block.child_blocks.items():
                yield from _walk(child_name, child, raw.get(child_name), f"{path}.{child_name}")
    elif isinstance(block, blocks.ListBlock):
        if isinstance(raw, list):
            for place, entry in _entries(raw, path):
                yield from _walk(name, block.child_block, entry, place)
    elif isinstance(block, blocks.StreamBlock) and isinstance(raw, list):
        for entry in raw:
            child = block.child_blocks.get(entry["type"])
            if child is not None:
                yield from _walk(entry["type"], child, entry["value"], f"{path}.{entry.get('id')}")


def _walk_table(block: TypedTableBlock, raw: Any, path: str) -> Iterator[Node]:
    if not isinstance(raw, dict):
        return
    columns = [block.child_blocks.get(one.get("type")) for one in raw.get("columns") or []]
    for row in raw.get("rows") or []:
        for child, cell in zip(columns, row.get("values") or [], strict=False):
            if child is not None:
                yield from _walk("cell", child, cell, path)
