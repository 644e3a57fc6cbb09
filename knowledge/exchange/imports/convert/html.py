"""HTML inside Markdown: which names are tags, and blocks of HTML as Markdown."""

import re
from html import unescape

import nh3
from markdown_it.tree import SyntaxTreeNode

from templates_lib.markdown import write

# Beyond this a block of HTML is text: taking it apart costs more than it brings.
MAX_HTML_CHARS = 100_000
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
_KEPT_TAGS = {
    *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i", "code", "pre"),
    *("ul", "ol", "li", "blockquote", "a", "img", "hr", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption", "div", "section", "figure"),
}
_NAME = re.compile(r"""<a\s[^<>]*?\b(?:name|id)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_ID = re.compile(r"\s*\{:?\s*#([\w.:-]+)[^{}]*\}\s*$")
_TAG = re.compile(r"^<(/?)([A-Za-z][A-Za-z0-9-]*)")


def tag_of(html: str) -> tuple[str, bool]:
    """Name of a tag in lower case and whether it closes; no name for comments and the like."""
    found = _TAG.match(html)
    return (found[2].lower(), bool(found[1])) if found else ("", False)


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
    return not re.sub(r"<!--.*?(-->|\Z)", "", html, flags=re.DOTALL).strip()


def to_markdown(html: str) -> str:
    """A block of HTML as Markdown; what is active in it goes, with its content."""
    if len(html) > MAX_HTML_CHARS:
        return write.escape(re.sub(r"<[^<>]{0,500}>", " ", html[:MAX_HTML_CHARS]))
    html = re.sub(
        r"<summary[^<>]*>(.*?)</summary>", r"<p><strong>\1</strong></p>", html, flags=re.S
    )
    # Names that are no tags are placeholders that people wrote.
    html = re.sub(r"<(/?)([A-Za-z][\w-]*)([^<>]*)>", _keep_placeholders, html)
    cleaned = nh3.clean(
        html,
        tags=_KEPT_TAGS,
        clean_content_tags=_ACTIVE,
        attributes={"a": {"href"}, "img": {"src", "alt", "title"}},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return write.from_html(cleaned)


def _keep_placeholders(match: re.Match[str]) -> str:
    if match[2].lower() in TAG_NAMES:
        return match[0]
    return f"&lt;{match[1]}{match[2]}{match[3]}&gt;"
