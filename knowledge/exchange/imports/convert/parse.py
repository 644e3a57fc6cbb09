"""The parser of imports: CommonMark with tables, footnotes and definition lists; linear in time."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from knowledge.exchange.imports.convert import html

# A parser nests calls for what is nested in the text.
MAX_NESTING = 20

_parser = (
    MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin, inline=False)
    .use(deflist_plugin)
)


def parse(source: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(_parser.parse(source))


def plain(node: SyntaxTreeNode) -> str:
    """The words of a node, on one line."""
    return " ".join("".join(map(_words, node.walk())).split())


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "html_inline":
            return node.content if html.is_placeholder(node.content) else ""
        case "softbreak" | "hardbreak":
            return " "
    return ""
