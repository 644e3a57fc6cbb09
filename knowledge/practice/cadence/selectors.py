"""What recurs in an artifact, and which artifacts have something that recurs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.functions import Cast

from knowledge.catalog.models import Artifact
from knowledge.practice.cadence.models import NAME_CHARS

BLOCK = "cadence"


@dataclass(frozen=True, slots=True)
class Meeting:
    name: str
    purpose: str
    role: str
    every_days: int


def meetings_of(page: Artifact) -> dict[str, Meeting]:
    """By name, in the order of the page, which is of its own kind; of two that are alike the first."""
    found: dict[str, Meeting] = {}
    for part in page.body:
        if part.block_type != BLOCK:
            continue
        for row in part.value.get("meetings") or []:
            name = " ".join((row.get("name") or "").split())[:NAME_CHARS]
            if name and row.get("every_days"):
                found.setdefault(
                    name,
                    Meeting(
                        name=name,
                        purpose=row.get("purpose") or "",
                        role=row.get("owner_role") or "",
                        every_days=row["every_days"],
                    ),
                )
    return found


def with_cadence() -> Iterator[Artifact]:
    """Artifacts in force that have one, of their own kind. One query a kind.

    The text is searched before anything is read: few of ten thousand bodies have the block.
    """
    for model in Artifact.__subclasses__():
        pages = model.objects.filter(
            live=True, archived_at__isnull=True, superseded_by__isnull=True
        )
        raw = pages.annotate(raw=Cast("body", TextField())).filter(raw__contains=f'"{BLOCK}"')
        yield from raw.iterator(chunk_size=100)
