"""Small pieces of GitHub-flavoured Markdown, for the download form of blocks.

Every function takes plain text unless it says Markdown, and escapes what would turn into markup.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote as percent_encoded

from markdownify import MarkdownConverter

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w{1,32};))")
# What begins a list, a rule or an underlined heading, at the start of a line only.
_OPENING = re.compile(r"^(?:(\d{1,9})([.)])(?=\s|$)|([-+=])(?=\s|$|\3+\s*$))")

_ADDRESS_END = re.compile(r"[\s<>()\"\\]")


def _opening(match: re.Match[str]) -> str:
    number, point, sign = match.groups()
    return f"{number}\\{point}" if number else f"\\{sign}"


def escape(text: object) -> str:
    """Plain text as Markdown that reads the same, on one line."""
    one_line = _SPECIAL.sub(r"\\\1", " ".join(str("" if text is None else text).split()))
    return _OPENING.sub(_opening, one_line)


def paragraphs(text: object) -> str:
    """Plain text as Markdown that keeps its lines and paragraphs."""
    whole = str("" if text is None else text).replace("\r\n", "\n").strip()
    return join(
        *(
            "  \n".join(escape(line) for line in block.split("\n"))
            for block in re.split(r"\n\s*\n", whole)
        )
    )


def join(*parts: str) -> str:
    """Blocks of Markdown with one empty line between them; empty ones are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part and part.strip())


def heading(text: object, level: int = 2) -> str:
    """An ATX heading; ``level`` is 1 to 6."""
    return f"{'#' * level} {escape(text)}"


def labelled(label: object, text: object) -> str:
    """``**Label:** text`` or nothing when there is no text."""
    return f"**{escape(label)}:** {escape(text)}" if text not in (None, "") else ""


def bullets(entries: Iterable[str], *, ordered: bool = False) -> str:
    """A list of Markdown entries; further lines of an entry are indented below it."""
    lines = []
    for number, entry in enumerate(entries, start=1):
        marker = f"{number}. " if ordered else "- "
        first, *rest = entry.strip("\n").split("\n")
        lines.append(marker + first)
        lines += [(" " * len(marker) + line) if line else "" for line in rest]
    return "\n".join(lines)


def table(header: Sequence[object], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table. Header cells are plain text; row cells are Markdown, put on one line each."""
    lines = [
        "| " + " | ".join(escape(cell) for cell in header) + " |",
        "| " + " | ".join("---" for _ in header) + " |",
    ]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(markdown: str) -> str:
    one_line = re.sub(r"\s*\n+\s*", "<br>", (markdown or "").strip())
    return re.sub(r"(?<!\\)\|", r"\\|", one_line)


def fence(source: str, language: str = "") -> str:
    """A fenced block whose fence is longer than any run of backticks inside it."""
    source = source or ""
    longest = max((len(run) for run in re.findall(r"`+", source)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{source.rstrip()}\n{ticks}"


def link(text: object, url: str) -> str:
    """An inline link. What would end the address, such as a space or bracket, is encoded."""
    safe = _ADDRESS_END.sub(lambda found: percent_encoded(found.group()), url)
    return f"[{escape(text)}]({safe})"


def quote(markdown: str) -> str:
    """Markdown as a block quote."""
    return "\n".join(f"> {line}".rstrip() for line in markdown.strip().split("\n"))


class _Converter(MarkdownConverter):
    def convert_pre(self, element: Any, text: str, parent_tags: set[str]) -> str:
        # markdownify's own fence is three ticks long, whatever the source holds.
        code = element.find("code")
        classes = (code.get("class") or [""]) if code else [""]
        language = str(classes[0]).removeprefix("language-")
        language = "" if language == "plaintext" else language
        return f"\n\n{fence(element.get_text(), language)}\n\n"


def from_html(html: str) -> str:
    """HTML whose links are already expanded, as Markdown."""
    text = _Converter(heading_style="ATX", bullets="-", escape_misc=True).convert(html)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
