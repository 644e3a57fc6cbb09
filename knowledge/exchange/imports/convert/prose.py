"""Markdown of a syntax tree again, for the pieces that stay Markdown: prose of blocks, and the
source of the Markdown block. Links are answered by the source of the import; references that were
defined elsewhere in the file become plain links.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from knowledge.exchange.imports.convert.html import PAIRED, attribute, is_placeholder, tag_of
from templates_lib.markdown import write

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=#])|(\d{1,9})([.)]))(?=\s|$)", re.MULTILINE)
_ADDRESS_SIGN = r"[^\s<>\"'`|\\^{}\[\]()]"
_BARE_ADDRESS = re.compile(
    rf"https?://(?:{_ADDRESS_SIGN}|\({_ADDRESS_SIGN}*\))+(?<![.,;:!?*_~])", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg)(?:[?#].*)?$", re.IGNORECASE)
# The box of a task in a list that is no checklist.
_BOX = re.compile(r"^\\\[([ xX])\\\]\s+")


@dataclass(frozen=True, slots=True)
class Image:
    src: str
    alt: str
    title: str = ""


@dataclass
class ProseWriter:
    """Writes nodes as Markdown. Images cannot stand in prose: they are collected in ``images``.

    ``links`` are those that were written, for words that have to stand without them.
    """

    address: Callable[[str], str]
    images: list[Image] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def blocks(self, nodes: list[SyntaxTreeNode]) -> str:
        return write.join(*(self.block(node) for node in nodes))

    def block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "paragraph" | "inline" | "th" | "td" | "dt":
                return _LINE_START.sub(_escape_start, self.inline(node))
            case "bullet_list":
                return write.bullets(self._item(child) for child in node.children)
            case "ordered_list":
                return self._ordered(node)
            case "heading":
                return f"**{self.inline(node)}**"
            case "fence" | "code_block":
                return write.fence(node.content, _language(node))
            case "blockquote":
                return write.quote(self.blocks(node.children))
            case "table":
                return self._table(node)
            case "hr":
                return "---"
            case "html_block":
                return write.escape(node.content)
        return self.blocks(node.children) if node.children else write.escape(node.content)

    def _item(self, node: SyntaxTreeNode) -> str:
        parts = [self.block(child) for child in node.children]
        if parts:
            parts[0] = _BOX.sub(lambda found: "☐ " if found[1] == " " else "☑ ", parts[0])
        is_tight = all(child.hidden for child in node.children if child.type == "paragraph")
        return "\n".join(part for part in parts if part) if is_tight else write.join(*parts)

    def _ordered(self, node: SyntaxTreeNode) -> str:
        start = int(node.attrs.get("start", 1))
        lines = []
        for number, child in enumerate(node.children, start=start):
            marker = f"{number}. "
            first, *rest = (self._item(child) or " ").split("\n")
            lines.append(marker + first)
            lines += [(" " * len(marker) + line) if line else "" for line in rest]
        return "\n".join(lines)

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row.children for part in node.children for row in part.children]
        head, *body = rows
        lines = [
            "| " + " | ".join(self._cell(cell) for cell in head) + " |",
            "| " + " | ".join("---" for _cell in head) + " |",
        ]
        lines += ["| " + " | ".join(self._cell(cell) for cell in row) + " |" for row in body]
        return "\n".join(lines)

    def _cell(self, cell: SyntaxTreeNode) -> str:
        return re.sub(r"\s*\n\s*", " ", self.inline(cell))

    # Text.

    def inline(self, node: SyntaxTreeNode) -> str:
        """The text of a node that holds inline nodes, or of an inline node itself."""
        children = node.children
        if node.type != "inline":
            return "".join(self.inline(child) for child in children if child.type == "inline")
        text = _Inline(self).write(children).strip()
        # A break at an end stood beside a picture, which is shown elsewhere.
        return re.sub(r"^(?:\\\n\s*)+|(?:\\\n\s*)*\\$", "", text)

    def link(self, words: str, address: str) -> str:
        target = self.address(address)
        words = words.strip()
        if not words or not target:
            return words
        self.links.append(f"[{words}]({_safe(target)})")
        return self.links[-1]


class _Inline:
    """One run of text; knows which HTML tags are open in it."""

    def __init__(self, writer: ProseWriter, *, is_link: bool = False) -> None:
        self._writer = writer
        self._is_link = is_link
        # Open tags, each with the text written before it and, for a link, its address.
        self._open: list[tuple[str, str, str]] = []

    def write(self, nodes: list[SyntaxTreeNode]) -> str:
        text = ""
        for node in nodes:
            text = (
                self._tag(node.content, text)
                if node.type == "html_inline"
                else text + self._one(node)
            )
        while self._open:
            text = self._close(text)
        return text

    def _one(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text":
                return self._words(node.content)
            case "code_inline":
                return code_span(node.content)
            case "softbreak":
                return " "
            case "hardbreak":
                return "\\\n"
            case "strong":
                return _wrapped(self._inner(node), "**")
            case "em":
                return _wrapped(self._inner(node), "*")
            case "link":
                return self._link(node)
            case "image":
                attrs = node.attrs
                image = Image(str(attrs.get("src", "")), node.content, str(attrs.get("title", "")))
                self._writer.images.append(image)
                return ""
            case "footnote_ref":
                return f"\\[{node.meta.get('id', 0) + 1}\\]"
            case "footnote_anchor":
                return ""
        return self._inner(node) if node.children else node.content

    def _inner(self, node: SyntaxTreeNode) -> str:
        return _Inline(self._writer, is_link=self._is_link).write(node.children)

    def _words(self, text: str) -> str:
        """Plain text; bare addresses are links, as readers of the source saw them."""
        if self._is_link or any(one[0] == "a" for one in self._open) or "://" not in text:
            return _SPECIAL.sub(r"\\\1", text)
        result, at = "", 0
        for found in _BARE_ADDRESS.finditer(text):
            before, words = text[at : found.start()], _SPECIAL.sub(r"\\\1", found[0])
            result += _SPECIAL.sub(r"\\\1", before) + self._writer.link(words, found[0])
            at = found.end()
        return result + _SPECIAL.sub(r"\\\1", text[at:])

    def _link(self, node: SyntaxTreeNode) -> str:
        images = self._writer.images
        before = len(images)
        words = _Inline(self._writer, is_link=True).write(node.children)
        address = str(node.attrs.get("href", ""))
        shown = images[before:]
        if words.strip() or not shown or _PICTURE.search(address):
            return self._writer.link(words, address)
        # A picture that is a link: the link stands as words beside it. A badge of another host
        # would only be a second link.
        images[before:] = [one for one in shown if "://" not in one.src]
        return self._writer.link(_SPECIAL.sub(r"\\\1", shown[0].alt or shown[0].title), address)

    def _tag(self, html: str, text: str) -> str:
        name, closes = tag_of(html)
        if not name:
            return text  # a comment
        if is_placeholder(html):
            return text + html.replace("<", "\\<").replace(">", "\\>")
        if name == "br":
            return text + "\\\n"
        if name == "img":
            image = Image(attribute(html, "src"), attribute(html, "alt"))
            self._writer.images.append(image)
            return text
        if closes:
            while self._open and any(one[0] == name for one in self._open):
                is_it = self._open[-1][0] == name
                text = self._close(text)
                if is_it:
                    break
            return text
        if name == "a" or name in PAIRED:
            self._open.append((name, text, attribute(html, "href")))
            return ""
        return text

    def _close(self, inside: str) -> str:
        name, before, address = self._open.pop()
        if name == "a":
            return before + self._writer.link(inside, address)
        return before + _wrapped(inside, PAIRED[name])


def code_span(source: str) -> str:
    """Code in a line, whatever ticks it holds."""
    longest = max((len(run) for run in re.findall(r"`+", source)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if source.startswith("`") or source.endswith("`") else ""
    return f"{ticks}{pad}{source}{pad}{ticks}"


def _wrapped(text: str, mark: str) -> str:
    """``text`` between marks, with the spaces at its ends outside of them."""
    inner = text.strip()
    if not inner:
        return text
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    return f"{lead}{mark}{inner}{mark}{tail}"


def _escape_start(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"


def _safe(address: str) -> str:
    for character, code in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E")):
        address = address.replace(character, code)
    return address


def _language(node: SyntaxTreeNode) -> str:
    words = node.info.split() if node.type == "fence" else []
    return re.sub(r"[^\w+#-]", "", words[0]) if words else ""
