"""Sections of the page: the own ones, and those that rooms above add by the hook ``work_sections``.

A section names rows of the database and turns a page of them into lines, so that a person with a
thousand of them costs no more than one with ten.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail import hooks

from knowledge.catalog.permissions import Access


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, what that person may see, and when."""

    user: Any
    access: Access
    now: datetime

    @property
    def today(self) -> date:
        """In the site's zone."""
        return timezone.localdate(self.now)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. ``uid`` names it for ever; ``kind`` is that of its artifact, for the icon.

    What is ``news`` came to the person from somebody else: the mail of the morning tells of it before
    it is due.
    """

    uid: str
    title: str
    url: str
    about: str = ""
    note: str = ""
    kind: str = ""
    due: date | None = None
    news: bool = False

    def is_overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Section:
    """``rows`` are ordered and hold only what the person may see; ``lines`` are made of some of them.

    ``place`` orders the sections. What is ``dated`` stands in the calendar, too, and what is
    ``mailed`` in the mail of the morning; of the others a mail goes out at another time.
    """

    slug: str
    heading: str
    place: int
    rows: Callable[[Asking], QuerySet]
    lines: Callable[[Sequence[Any], Asking], list[Line]]
    dated: bool = False
    mailed: bool = False


def sections() -> list[Section]:
    """All of them, in the order of the page."""
    found = [section for hook in hooks.get_hooks("work_sections") for section in hook()]
    return sorted(found, key=lambda section: section.place)
