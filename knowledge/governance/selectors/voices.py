"""What readers said: their own, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.body import anchored
from knowledge.governance.models import Feedback

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Change:
    """What an editor did because a reader said something. Nobody is named."""

    version: str
    text: str
    at: datetime | None


def of_person(person: Any, access: Access) -> QuerySet[Feedback]:
    """What the person said under their name of pages that they may still see, the newest first."""
    pages = visible(Artifact.objects.all(), access)
    mine = Feedback.objects.filter(author=person, page__in=pages.values("pk"))
    return mine.exclude(sort__in=Feedback.OF_RUNS).select_related("page").order_by("-created_at")


def changes(page: Artifact) -> list[Change]:
    """What was done because of feedback and told in words, the newest first. One query."""
    done = Feedback.objects.filter(page=page, state=Feedback.State.DONE).exclude(answer="")
    rows = done.order_by("-answered_at").values_list("done_in", "answer", "answered_at")
    return [Change(*row) for row in rows[:SHOWN]]


def passages(page: Artifact) -> Iterator[tuple[str, str]]:
    """The anchors of the page with their headings, for whoever speaks of one passage."""
    for anchor, heading, _child in anchored(page.body):
        if heading:
            yield anchor, heading
