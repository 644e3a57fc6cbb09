"""Markdown that a person typed, as safe HTML.

markdown-it-py instead of Python-Markdown, which needs quadratic time for unclosed brackets
(docs/adr/0004). The result is cleaned by nh3 in any case, so that a parser fault is no hole.
"""

from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from templates_lib.code_colours import highlight

MAX_SOURCE_CHARS = 50_000
# The artifact's title is the only heading of level 1.
TOP_LEVEL = 2

ALLOWED_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "b", "i", "s", "del"),
    *("code", "pre", "ul", "ol", "li", "blockquote", "a", "table", "thead", "tbody", "tr", "th"),
    *("td", "span", "div", "sub", "sup", "kbd", "dl", "dt", "dd"),
}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "pre": {"class", "tabindex"},
    "span": {"class"},
    "div": {"class"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
}
URL_SCHEMES = {"http", "https", "mailto"}


def sanitise(html: str) -> SafeString:
    """Keep the tags and attributes of prose; the rest is dropped, with its content if active."""
    cleaned = nh3.clean(
        html, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes=URL_SCHEMES
    )
    return mark_safe(cleaned)  # noqa: S308 - nh3 has just cleaned it


def render(source: str) -> SafeString:
    """Return safe HTML; what is longer than ``MAX_SOURCE_CHARS`` is cut, forms refuse it before."""
    return sanitise(_parser.render((source or "")[:MAX_SOURCE_CHARS]))


def lowest_heading(tokens: Sequence[Token]) -> int:
    """The highest-ranking heading among tokens, 1 to 6; 6 when there is none."""
    return min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=6)


def _lower_headings(state: StateCore) -> None:
    """Push all headings down when the text has one of level 1, so that their order stays."""
    shift = max(0, TOP_LEVEL - lowest_heading(state.tokens))
    for token in state.tokens:
        if shift and token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"


def _drop_empty_headings(state: StateCore) -> None:
    """A heading of a column that says nothing is none; a table that has only such has no head."""
    tokens = state.tokens
    empty = [
        at
        for at, token in enumerate(tokens)
        if token.type == "th_open" and not tokens[at + 1].content.strip()
    ]
    for at in empty:
        tokens[at].tag = tokens[at + 2].tag = "td"
    for opened in reversed([at for at, one in enumerate(tokens) if one.type == "thead_open"]):
        closed = next(at for at in range(opened, len(tokens)) if tokens[at].type == "thead_close")
        says_nothing = all(one.tag != "th" for one in tokens[opened:closed])
        if says_nothing and tokens[closed + 1].type == "tbody_open":
            del tokens[opened : closed + 1]


def _code(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    language = token.info.split()[0] if token.info.strip() else ""
    return str(highlight(token.content, language))


def _image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    # Nothing is fetched from elsewhere for a reader, and pictures of the library are blocks.
    return escape(tokens[index].content)


_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_parser.core.ruler.push("lower_headings", _lower_headings)
_parser.core.ruler.push("drop_empty_headings", _drop_empty_headings)
_parser.add_render_rule("fence", _code)
_parser.add_render_rule("code_block", _code)
_parser.add_render_rule("image", _image)
