"""HTML inside Markdown: which names are tags, and blocks of HTML as Markdown."""

import re
from copy import copy
from html import unescape
from typing import Any

import nh3
from bs4 import BeautifulSoup
from markdown_it.tree import SyntaxTreeNode

from templates_lib.markdown import write

# Beyond this a block of HTML is text: taking it apart costs more than it brings.
MAX_HTML_CHARS = 100_000
MAX_SPAN = 50
# Tags that Markdown has marks for.
PAIRED = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "", "kbd": "", "u": "", "s": ""}
TAG_NAMES = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "address",
        "article",
        "aside",
        "b",
        "base",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "li",
        "link",
        "main",
        "mark",
        "meta",
        "nav",
        "noscript",
        "object",
        "ol",
        "p",
        "param",
        "picture",
        "pre",
        "q",
        "s",
        "samp",
        "script",
        "section",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
        "audio",
        "path",
        "g",
    ]
)
_ACTIVE = {"script", "style", "iframe", "object", "embed", "svg", "form", "noscript"}
# Nothing in a text stands for what these bring, even when there is nothing between their tags.
_BRINGING = frozenset(["iframe", "object", "embed", "form", "video", "audio"])
_OPENING_TAG = re.compile(r"<([A-Za-z]+)(?![\w-])")
_WITH_CONTENT = re.compile(
    r"<(script|style|svg|noscript)\b[^<>]*>(?!\s*</\1\b)(?=\s*\S)", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_KEPT_TAGS = {
    *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i", "code", "pre"),
    *("ul", "ol", "li", "blockquote", "a", "img", "hr", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption", "div", "section", "figure"),
}
_SPANS = {"colspan", "rowspan"}
_NAME = re.compile(r"""<a\s[^<>]*?\b(?:name|id)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_ID = re.compile(r"\s*\{:?\s*#([\w.:-]+)[^{}]*\}\s*$")
_TAG = re.compile(r"^<(/?)([A-Za-z][A-Za-z0-9-]*)")


def tag_of(html: str) -> tuple[str, bool]:
    """Name of a tag in lower case and whether it closes; no name for comments and the like."""
    found = _TAG.match(html)
    return (found[2].lower(), bool(found[1])) if found else ("", False)


def is_placeholder(html: str) -> bool:
    """Whether a tag is none of HTML but something that people wrote, such as <your-name>."""
    name = tag_of(html)[0]
    return bool(name) and name not in TAG_NAMES


def attribute(html: str, name: str) -> str:
    found = re.search(rf"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", html, re.I)
    return unescape(next(filter(None, found.groups()), "")) if found else ""


def names_in(node: SyntaxTreeNode) -> list[str]:
    """Names that anchors of HTML give to a place."""
    found = []
    for one in node.walk():
        if one.type in ("html_inline", "html_block"):
            found += _NAME.findall(one.content)
    return found


def split_id(heading: str) -> tuple[str, str]:
    """A heading and the id that was written behind it in braces."""
    found = _ID.search(heading)
    return (heading[: found.start()], found[1]) if found else (heading, "")


def is_comment(html: str) -> bool:
    return not _COMMENT.sub("", html).strip()


def active_tags(html: str) -> list[str]:
    """Names of the tags of a block with which an address, a form or words go."""
    html = _COMMENT.sub("", html)
    names = [found.lower() for found in _OPENING_TAG.findall(html)]
    lost = {found.lower() for found in _WITH_CONTENT.findall(html)} | _BRINGING
    return list(dict.fromkeys(name for name in names if name in lost))


def active_tags_in_lines(node: SyntaxTreeNode) -> list[str]:
    """The same for tags amid the text of a node, where the words between them stay."""
    tags = [tag_of(one.content) for one in node.walk() if one.type == "html_inline"]
    return list(dict.fromkeys(name for name, closes in tags if name in _BRINGING and not closes))


def to_markdown(html: str) -> str:
    """A block of HTML as Markdown; what is active in it goes, with its content."""
    if len(html) > MAX_HTML_CHARS:
        return write.escape(re.sub(r"<[^<>]{0,500}>", " ", html[:MAX_HTML_CHARS]))
    html = re.sub(r"<summary[^<>]*>(.*?)</summary>", _as_bold, html, flags=re.DOTALL)
    # Names that are no tags are placeholders that people wrote.
    html = re.sub(r"<(/?)([A-Za-z][\w-]*)([^<>]*)>", _keep_placeholders, html)
    cleaned = nh3.clean(
        html,
        tags=_KEPT_TAGS,
        clean_content_tags=_ACTIVE,
        attributes={"a": {"href"}, "img": {"src", "alt", "title"}, "td": _SPANS, "th": _SPANS},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    if "span=" in cleaned:
        cleaned = _without_spans(cleaned)
    return write.from_html(cleaned)


def _as_bold(summary: re.Match[str]) -> str:
    words = re.sub(r"</?(?:b|strong)\b[^<>]*>", "", summary[1]).strip()
    return f"<p><strong>{words}</strong></p>"


def _without_spans(html: str) -> str:
    """Tables whose cells each stand in one column and row; what a cell spanned repeats it."""
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.find_all("table"):
        waiting: dict[int, tuple[int, Any]] = {}
        for row in table.find_all("tr"):
            cells = row.find_all(["td", "th"], recursive=False)
            made: list[Any] = []
            while cells or len(made) in waiting:
                column = len(made)
                if column in waiting:
                    left, cell = waiting.pop(column)
                    made.append(copy(cell))
                    if left > 1:
                        waiting[column] = (left - 1, cell)
                    continue
                cell = cells.pop(0).extract()
                rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
                for offset in range(columns):
                    made.append(cell if not offset else soup.new_tag(cell.name))
                    if rows > 1:
                        waiting[column + offset] = (rows - 1, made[-1])
            row.extend(made)
    return str(soup)


def _span(cell: Any, name: str) -> int:
    value = str(cell.attrs.pop(name, "1"))
    return min(max(int(value), 1), MAX_SPAN) if value.isdecimal() else 1


def _keep_placeholders(match: re.Match[str]) -> str:
    if match[2].lower() in TAG_NAMES:
        return match[0]
    return f"&lt;{match[1]}{match[2]}{match[3]}&gt;"
