"""Anchors of a page as the portal will show them, by the names that its source may have used."""

import re
import unicodedata
from typing import Any

from django.utils.text import slugify

from knowledge.catalog.bodies import LIBRARY
from knowledge.exchange.imports.content import DECISION_PARTS

MAX_ANCHOR_CHARS = 60


def of(title: str, body: list[dict[str, Any]], names: dict[str, str]) -> dict[str, str]:
    """Anchor by every spelling of a heading. ``names`` are explicit ids: id -> heading text.

    The title stands for the top of the page: an empty anchor.
    """
    taken: set[str] = set()
    parts: dict[str, str] = {}
    spelled: dict[str, int] = {}
    found: dict[str, str] = {}
    by_text: dict[str, str] = {}
    for spelling in (_github(title), slugify(title), _github(title).replace("--", "-")):
        found.setdefault(spelling, "")
    spelled[_github(title)] = 1
    for block in body:
        ((name, value),) = block.items()
        heading_for = getattr(LIBRARY.get(name), "heading_for", None)
        heading = heading_for(value) if heading_for and isinstance(value, dict) else ""
        anchor = _free(slugify(heading or name)[:MAX_ANCHOR_CHARS] or "part", taken)
        if name != "heading":
            parts.setdefault(slugify(heading or name), anchor)
            for old, part in DECISION_PARTS.items():
                if part == name:
                    parts.setdefault(slugify(old), anchor)
            continue
        by_text.setdefault(heading, anchor)
        github = _github(heading)
        count = spelled.get(github, 0)
        spelled[github] = count + 1
        numbered = f"{github}-{count}" if count else github
        spellings = (
            slugify(heading),
            github.replace("--", "-"),
            _kramdown(heading),
            _rails(heading),
            # A placeholder is a tag to other sites, which they leave out.
            slugify(re.sub(r"<[^<>]*>", "", heading)),
        )
        for spelling in (numbered, *spellings):
            found.setdefault(spelling, anchor)
    for spelling, anchor in parts.items():
        found.setdefault(spelling, anchor)
    for identifier, heading in names.items():
        if heading in by_text:
            found[identifier.lower()] = by_text[heading]
    return found


def find(anchors: dict[str, str], fragment: str) -> str | None:
    """The anchor for a fragment of the source; empty for the top, None when there is none."""
    wanted = unicodedata.normalize("NFC", fragment).lower()
    return anchors.get(wanted, anchors.get(slugify(wanted)))


def _free(base: str, taken: set[str]) -> str:
    # The rule of knowledge.catalog.selectors.body, for the same list of parts.
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    taken.add(anchor)
    return anchor


def _github(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def _kramdown(text: str) -> str:
    bare = re.sub(r"^[^a-zA-Z]+", "", text)
    return re.sub(r"[^a-zA-Z0-9 -]", "", bare).replace(" ", "-").lower()


def _rails(text: str) -> str:
    """As Middleman does: every run of signs is one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
