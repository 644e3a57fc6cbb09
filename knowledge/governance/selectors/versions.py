"""Published versions of an artifact."""

import re
from dataclasses import dataclass
from datetime import datetime

from knowledge.catalog.models import Artifact
from knowledge.governance.models import Version

SHOWN = 10
_NUMBER = re.compile(r"[0-9]{1,5}\.[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class VersionLine:
    number: str
    published_at: datetime
    change_note: str
    is_current: bool
    # The number of the version before it; empty for the first.
    previous: str


def of(page: Artifact, *, limit: int = SHOWN) -> list[VersionLine]:
    """Newest first. One query."""
    rows = list(page.versions.values_list("number", "published_at", "change_note")[: limit + 1])
    before = [*(number for number, _at, _note in rows[1:]), ""]
    return [
        VersionLine(number, at, note, number == page.version, previous)
        for (number, at, note), previous in zip(rows, before, strict=False)
    ][:limit]


def find(page: Artifact, number: str) -> Version | None:
    """The version with this number, which may be anything that a reader typed; None without one."""
    if not _NUMBER.fullmatch(number):
        return None
    return page.versions.select_related("revision").filter(number=number).first()


def with_revisions(page: Artifact, *, limit: int) -> list[Version]:
    """Newest first, for editors: each leads to its content, also to restore it. One query."""
    return list(page.versions.select_related("published_by")[:limit])
