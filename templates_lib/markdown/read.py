"""Markdown as Wagtail's rich text, for the prose fields of blocks.

Only what prose may hold comes out: paragraphs, lists, bold, italic, code and links. A heading
becomes a bold paragraph, a block of code a paragraph of code, a table a paragraph for each row.
"""

import re
from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from templates_lib.markdown.render import MAX_SOURCE_CHARS

# What a link leads to: a page id, an address elsewhere, or None for words without a link.
LinkResolver = Callable[[str], int | str | None]

_SCHEMES = ("http://", "https://", "mailto:")
# A path of this site; two slashes would be another host.
_LOCAL_PATH = re.compile(r"/(?![/\\])")
_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_INLINE_TAGS = {"strong": "b", "em": "i"}


def rich_text_html(markdown: str, link: LinkResolver) -> str:
    """Rich text in Wagtail's stored form. ``link`` is asked once for each address."""
    return from_tokens(_parser.parse(markdown[:MAX_SOURCE_CHARS]), link)


def from_tokens(tokens: list[Token], link: LinkResolver) -> str:
    """The same for tokens of markdown-it that were parsed before."""
    return _blocks(SyntaxTreeNode(tokens), link)


def _blocks(node: SyntaxTreeNode, link: LinkResolver) -> str:
    return "".join(_block(child, link) for child in node.children)


def _block(node: SyntaxTreeNode, link: LinkResolver) -> str:
    match node.type:
        case "paragraph":
            return f"<p>{_inlines(node, link)}</p>"
        case "heading":
            return f"<p><b>{_inlines(node, link)}</b></p>"
        case "bullet_list" | "ordered_list":
            tag = "ul" if node.type == "bullet_list" else "ol"
            return f"<{tag}>{_blocks(node, link)}</{tag}>"
        case "list_item":
            return f"<li>{_item(node, link)}</li>"
        case "fence" | "code_block":
            return f"<p>{_code_lines(node.content)}</p>"
        case "tr":
            cells = [_inlines(cell, link) for cell in node.children]
            return f"<p>{' | '.join(cells)}</p>"
        case "hr":
            return ""
        case "inline":
            return f"<p>{_inlines_of(node, link)}</p>"
        case _:
            return _blocks(node, link)


def _code_lines(source: str) -> str:
    """Code as prose can hold it: a line of code after the other, without the empty ones."""
    lines = [line for line in source.split("\n") if line.strip()]
    return "<br/>".join(f"<code>{escape(line)}</code>" for line in lines)


def _item(node: SyntaxTreeNode, link: LinkResolver) -> str:
    """A list item holds text and deeper lists; several paragraphs are joined by line breaks."""
    texts, lists = [], []
    for child in node.children:
        if child.type in ("bullet_list", "ordered_list"):
            lists.append(_block(child, link))
        elif child.type == "paragraph":
            texts.append(_inlines(child, link))
        else:
            html = _block(child, link)
            texts.append(html.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "<br/>"))
    return "<br/>".join(text for text in texts if text) + "".join(lists)


def _inlines(node: SyntaxTreeNode, link: LinkResolver) -> str:
    return "".join(_inlines_of(child, link) for child in node.children)


def _inlines_of(node: SyntaxTreeNode, link: LinkResolver) -> str:
    return "".join(_inline(child, link) for child in node.children)


def _inline(node: SyntaxTreeNode, link: LinkResolver) -> str:
    match node.type:
        case "text":
            return escape(node.content)
        case "code_inline":
            return f"<code>{escape(node.content)}</code>"
        case "softbreak":
            return " "
        case "hardbreak":
            return "<br/>"
        case "strong" | "em":
            tag = _INLINE_TAGS[node.type]
            return f"<{tag}>{_inlines_of(node, link)}</{tag}>"
        case "link":
            return _link(str(node.attrGet("href") or ""), _inlines_of(node, link), link)
        case "image":
            return escape(node.content)
        case _:
            return _inlines_of(node, link) if node.children else escape(node.content)


def _link(href: str, words: str, link: LinkResolver) -> str:
    target = link(href)
    if isinstance(target, int):
        return f'<a linktype="page" id="{target}">{words}</a>'
    if target and (target.startswith(_SCHEMES) or _LOCAL_PATH.match(target)):
        return f'<a href="{escape(target)}">{words}</a>'
    return words
