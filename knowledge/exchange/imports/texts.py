"""One Markdown file, read once: its head, its text in one dialect, and what its head tells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from typing import Any

from django.utils.text import slugify
from markdown_it.tree import SyntaxTreeNode

from knowledge.catalog.kinds import Kind
from knowledge.exchange.imports import dialects, front_matter
from knowledge.exchange.imports.convert import html
from knowledge.exchange.imports.convert.parse import parse, plain
from knowledge.exchange.imports.files import SourceFile, read_text, stem
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

MAX_TITLE_CHARS = 255
MAX_TAGS = 20
_BOTTOM_LINE_KEYS = ("description", "summary", "abstract", "bottom_line")
_TAG_KEYS = ("tags", "keywords", "categories")
_ALIAS_KEYS = ("permalink", "url", "slug", "id", "aliases", "redirect_from")
_READ = {
    *_BOTTOM_LINE_KEYS,
    *_TAG_KEYS,
    *_ALIAS_KEYS,
    *("title", "owner", "last_reviewed_on", "review_in", "draft", "published", "kind"),
    *("type", "licence", "license", "maturity"),
}
_SORTING = re.compile(r"^(?:\d{4}-\d\d-\d\d|0\d{0,3})[-_. ]+(?=\S)")
_HTML_TITLE = re.compile(r"<h1\b[^<>]*>(.{1,1000}?)</h1>", re.IGNORECASE | re.DOTALL)
_DAYS = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}


@dataclass
class Text:
    source: SourceFile
    head: Mapping[str, Any]
    markdown: str
    title: str
    notes: list[Note] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return self.source.ref

    @property
    def slug(self) -> str:
        return slug_of(stem(self.ref))

    @property
    def description(self) -> str:
        for key in _BOTTOM_LINE_KEYS:
            if isinstance(self.head.get(key), str):
                return _words(self.head[key])
        return ""

    @property
    def tags(self) -> list[str]:
        found: list[str] = []
        for key in _TAG_KEYS:
            value = self.head.get(key)
            names = value.split(",") if isinstance(value, str) else value
            if isinstance(names, list):
                found += [str(one).strip()[:100] for one in names if isinstance(one, str | int)]
        return list(dict.fromkeys(filter(None, found)))[:MAX_TAGS]

    @property
    def aliases(self) -> list[str]:
        """Addresses that the head gives to the text."""
        found: list[str] = []
        for key in _ALIAS_KEYS:
            value = self.head.get(key)
            found += [one for one in (value if isinstance(value, list) else [value]) if one]
        return [one.strip() for one in found if isinstance(one, str)]

    @property
    def kind(self) -> str:
        """A kind that the head names in so many words."""
        for key in ("kind", "type"):
            value = slugify(str(self.head.get(key) or ""))
            if value in Kind.values and value != Kind.FAQ:
                return value
        return ""

    @property
    def is_draft(self) -> bool:
        return self.head.get("draft") is True or self.head.get("published") is False

    @property
    def last_reviewed(self) -> date | None:
        return _date(self.head.get("last_reviewed_on"))

    @property
    def review_interval_days(self) -> int | None:
        """Days from ``review_in: 6 months``, within what the portal allows."""
        found = re.fullmatch(
            r"\s*(\d{1,4})\s*(day|week|month|year)s?\s*", str(self.head.get("review_in") or "")
        )
        if found is None:
            return None
        return min(max(round(int(found[1]) * _DAYS[found[2]]), 7), 1095)


def read(source: SourceFile) -> Text:
    """
    Raises:
        UnreadableText: it is no text.
    """
    head, rest, problem = front_matter.split(read_text(source.path).replace("\r\n", "\n"))
    markdown, notes = dialects.rewrite(rest, head)
    if problem:
        notes.insert(0, Note(DROPPED, problem))
    for key, value in head.items():
        if key in _READ:
            notes.append(Note(MAPPED, f"front matter {key}"))
        elif value not in (None, "", [], False):
            notes.append(Note(DROPPED, f"front matter {key}: {' '.join(str(value).split())[:80]}"))
    title = head.get("title")
    words = _words(str(title)) if isinstance(title, str | int | float) else ""
    return Text(source, head, markdown, _title(words, markdown, source.ref), notes)


def slug_of(name: str) -> str:
    """``NodeRAIDDegraded`` is ``node-raid-degraded``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name)
    return slugify(spaced.replace("_", "-").replace(".", "-"))[:80].strip("-") or "page"


def words_of(name: str) -> str:
    """A title from the name of a file or folder; dates and numbers that only sort are left out."""
    words = re.sub(r"[-_.]+", " ", _SORTING.sub("", name)).strip()
    return words[:1].upper() + words[1:] if words else "Untitled"


def _title(words: str, markdown: str, ref: str) -> str:
    if not words:
        nodes = parse(markdown).children
        first = next((node for node in nodes if node.type == "heading"), None)
        if first is not None and first.tag == "h1":
            words = html.split_id(plain(first))[0]
        else:
            words = next(filter(None, map(_title_in_html, nodes)), "")
    return (words or words_of(_name(ref)))[:MAX_TITLE_CHARS]


def _title_in_html(node: SyntaxTreeNode) -> str:
    found = _HTML_TITLE.search(node.content) if node.type == "html_block" else None
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", found[1])).split()) if found else ""


def _name(ref: str) -> str:
    """Of the file; of its folder when it is only the one that opens it."""
    name = stem(ref)
    folder = ref.rpartition("/")[0].rpartition("/")[2]
    return folder if folder and name.lower() in ("readme", "index", "_index") else name


def _words(text: str) -> str:
    """A value of the head on one line, without marks that people put into it all the same."""
    words = " ".join(text.split())
    return (plain(parse(words)) if "](" in words or "`" in words else words) or words


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
