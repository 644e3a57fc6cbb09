"""Markdown that a person typed, as safe HTML.

markdown-it-py instead of Python-Markdown, which needs quadratic time for unclosed brackets
(docs/adr/0004). The result is cleaned by nh3 in any case, so that a parser fault is no hole.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from templates_lib.code_colours import highlight

MAX_SOURCE_CHARS = 50_000

ALLOWED_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "del", "code", "pre"),
    *("ul", "ol", "li", "blockquote", "a", "table", "thead", "tbody", "tr", "th", "td", "span"),
    *("div", "sub", "sup", "kbd", "dl", "dt", "dd"),
}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "span": {"class"},
    "div": {"class"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
}
URL_SCHEMES = {"http", "https", "mailto"}

_parser = MarkdownIt("commonmark", {"html": False, "highlight": None}).enable(
    ["table", "strikethrough"]
)


def _fence(self, tokens, index, options, env):
    token = tokens[index]
    language = token.info.split()[0] if token.info.strip() else ""
    return str(highlight(token.content, language))


_parser.add_render_rule("fence", _fence)


def sanitise(html: str) -> SafeString:
    """Keep the tags and attributes of prose; everything else is dropped, with its content if active."""
    cleaned = nh3.clean(
        html, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes=URL_SCHEMES
    )
    return mark_safe(cleaned)  # noqa: S308 - nh3 has just cleaned it


def render(source: str) -> SafeString:
    """Return safe HTML; what is longer than ``MAX_SOURCE_CHARS`` is cut, forms refuse it before."""
    return sanitise(_parser.render(source[:MAX_SOURCE_CHARS]))
