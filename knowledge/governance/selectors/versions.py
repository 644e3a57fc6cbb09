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


def of(page: Artifact, *, limit: int = SHOWN) -> list[VersionLine]:
    """Newest first. One query."""
    rows = page.versions.values_list("number", "published_at", "change_note")[:limit]
    return [VersionLine(n, at, note, n == page.version) for n, at, note in rows]


def find(page: Artifact, number: str) -> Version | None:
    """The version with this number, which may be anything that a reader typed; None without one."""
    if not _NUMBER.fullmatch(number):
        return None
    return page.versions.select_related("revision").filter(number=number).first()
