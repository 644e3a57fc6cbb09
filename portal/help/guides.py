"""Which guides the admin shows, and their HTML.

The text is this project's own (docs/*.md), so it is trusted, and Python-Markdown makes it
(docs/adr/0004). Each guide is rendered once a process.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import markdown
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

_TITLE = re.compile(r"\A# (.+)\n")
_LINK = re.compile(r'<a href="([\w-]+)\.md(#[\w-]+)?">(.*?)</a>')


@dataclass(frozen=True, slots=True)
class Guide:
    """``name`` is the file in docs/ without its ending, and the last part of the address."""

    name: str
    label: str | Promise
    icon: str

    @property
    def path(self) -> Path:
        return Path(settings.BASE_DIR) / "docs" / f"{self.name}.md"


@dataclass(frozen=True, slots=True)
class Rendered:
    title: str
    html: SafeString


GUIDES = (
    Guide("editor", _("Guide for editors"), "edit"),
    Guide("reviewer", _("Guide for reviewers"), "check"),
)


def find(name: str) -> Guide | None:
    return next((guide for guide in GUIDES if guide.name == name), None)


@lru_cache(maxsize=len(GUIDES))
def rendered(guide: Guide) -> Rendered:
    """The guide as HTML; its first heading is the title.

    Raises:
        FileNotFoundError: docs/ was not brought along; the system check ``portal.E001`` says so.
    """
    source = guide.path.read_text(encoding="utf-8")
    found = _TITLE.match(source)
    title = found[1] if found else str(guide.label)
    html = markdown.markdown(
        source[found.end() :] if found else source,
        extensions=["tables", "fenced_code", "sane_lists", "toc"],
        output_format="html",
    )
    return Rendered(title, mark_safe(_LINK.sub(_link, html)))  # noqa: S308 - our own file


def _link(found: re.Match[str]) -> str:
    """A link to another guide leads to its page here; one to any other file is only its words."""
    name, anchor, words = found[1], found[2] or "", found[3]
    if find(name) is None:
        return words
    return f'<a href="{reverse("help_guide", args=[name])}{anchor}">{words}</a>'
