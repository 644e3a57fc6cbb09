"""Markdown that a person typed, as Markdown that no other renderer reads differently.

The site shows HTML inside Markdown as text, a picture of elsewhere as its description, and lowers
headings below the artifact's title. A download is rendered elsewhere, by something that may let HTML through: here its source is changed
so that it means there what it means here.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from templates_lib.markdown import write
from templates_lib.markdown.render import MAX_SOURCE_CHARS, TOP_LEVEL, lowest_heading, render

_plain = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_open = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*|[^\s<>@]+@[^\s<>@]+)>")
# Nothing but these can begin a heading of level 1.
_LEVEL_1 = re.compile(r"^[ >\d.)*+-]*(?:#(?!#)|=+\s*$)", re.MULTILINE)
_TICKS = re.compile(r"`+")


def neutral(source: str) -> str:
    """Return Markdown in which HTML is escaped and no heading stands above level 2."""
    source = (source or "")[:MAX_SOURCE_CHARS]
    lowered = _lower_headings(source)
    tokens = _plain.parse(lowered)
    if lowest_heading(tokens) >= TOP_LEVEL and not _has_picture(tokens):
        escaped = _escape_html(lowered, tokens)
        if _open.render(escaped) == _plain.renderer.render(tokens, _plain.options, {}):
            return escaped
    # Too clever for the escaping above: the long way round is always safe.
    return write.from_html(render(source))


def _has_picture(tokens: list[Token]) -> bool:
    """A picture of elsewhere, which the page replaces by its description."""
    return any(child.type == "image" for token in tokens for child in token.children or [])


def _escape_html(source: str, tokens: list[Token]) -> str:
    lines = source.split("\n")
    for first, after in _text_ranges(tokens):
        text = "\n".join(lines[first:after])
        lines[first:after] = _escape_text(text).split("\n")
    return "\n".join(lines)


def _text_ranges(tokens: list[Token]) -> list[tuple[int, int]]:
    """Lines of paragraphs, headings and table rows: where HTML would be read as such."""
    found = {(t.map[0], t.map[1]) for t in tokens if t.type in ("inline", "tr_open") and t.map}
    outermost: list[tuple[int, int]] = []
    for first, after in sorted(found, key=lambda lines: (lines[0], -lines[1])):
        if not outermost or first >= outermost[-1][1]:
            outermost.append((first, after))
    return outermost


def _escape_text(text: str) -> str:
    """Put a backslash before each ``<`` that is neither escaped, nor code, nor an autolink."""
    out, at = [], 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            out.append(text[at : at + 2])
            at += 2
        elif char == "`":
            end = _end_of_code(text, at)
            out.append(text[at:end])
            at = end
        elif char == "<":
            link = _AUTOLINK.match(text, at)
            out.append(link.group() if link else "\\<")
            at = link.end() if link else at + 1
        else:
            out.append(char)
            at += 1
    return "".join(out)


def _end_of_code(text: str, at: int) -> int:
    """Where the code that begins at ``at`` ends; after its ticks when they are not closed."""
    runs = _TICKS.finditer(text, at)
    opening = next(runs)
    closing = next((run for run in runs if len(run.group()) == len(opening.group())), opening)
    return closing.end()


def _lower_headings(source: str) -> str:
    if not _LEVEL_1.search(source):
        return source
    tokens = _plain.parse(source)
    shift = max(0, TOP_LEVEL - lowest_heading(tokens))
    if not shift:
        return source
    lines = source.split("\n")
    for token, inline in zip(tokens, tokens[1:], strict=False):
        if token.type != "heading_open" or not token.map:
            continue
        first, after = token.map
        marks = "#" * min(6, int(token.tag[1]) + shift)
        if token.markup.startswith("#"):
            lines[first] = lines[first].replace(token.markup, marks, 1)
        elif after - first == 2 and inline.content == lines[first].strip():
            lines[first : first + 2] = [f"{marks} {inline.content}", ""]
    return "\n".join(lines)
