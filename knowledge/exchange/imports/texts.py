"""One Markdown file, read once: its head, its text in one dialect, and what its head tells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.text import slugify

from knowledge.catalog.kinds import Kind
from knowledge.exchange.imports import dialects, front_matter
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
    *("title", "owner", "last_reviewed_on", "review_in", "draft", "kind"),
    *("type", "licence", "license", "maturity"),
}
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
                return " ".join(self.head[key].split())
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
        return self.head.get("draft") is True

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
    words = " ".join(str(title).split()) if isinstance(title, str | int | float) else ""
    return Text(source, head, markdown, _title(words, markdown, source.ref), notes)


def slug_of(name: str) -> str:
    """``NodeRAIDDegraded`` is ``node-raid-degraded``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name)
    return slugify(spaced.replace("_", "-").replace(".", "-"))[:80].strip("-") or "page"


def words_of(name: str) -> str:
    """A title from the name of a file or folder."""
    words = re.sub(r"[-_.]+", " ", name).strip()
    return words[:1].upper() + words[1:] if words else "Untitled"


def _title(words: str, markdown: str, ref: str) -> str:
    if not words:
        first = next((node for node in parse(markdown).children if node.type == "heading"), None)
        if first is not None and first.tag == "h1":
            words = plain(first)
    return (words or words_of(stem(ref)))[:MAX_TITLE_CHARS]


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
