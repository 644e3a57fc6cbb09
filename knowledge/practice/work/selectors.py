"""The page of a person's work, and the days of it. Two queries a section, however long it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from knowledge.practice.work.sections import Asking, Line, Section, sections

AT_FIRST = 5
A_PAGE = 25
# What a calendar takes of one section; nobody has more in sight.
MOST_DAYS = 200


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: Section
    lines: Sequence[tuple[Line, bool]]
    count: int

    @property
    def has_more(self) -> bool:
        return self.count > len(self.lines)


def overview(asking: Asking) -> list[ShownSection]:
    """The first lines of each section that has any."""
    found = []
    for section in sections():
        page = Paginator(section.rows(asking), AT_FIRST).page(1)
        count = page.paginator.count
        if count:
            found.append(ShownSection(section, _lines(section, page.object_list, asking), count))
    return found


def one(slug: str, asking: Asking, number: Any) -> tuple[ShownSection, Page] | None:
    """A page of one section; None when there is no such section."""
    section = next((one for one in sections() if one.slug == slug), None)
    if section is None:
        return None
    page = Paginator(section.rows(asking), A_PAGE).get_page(number)
    lines = _lines(section, page.object_list, asking)
    return ShownSection(section, lines, page.paginator.count), page


def days(asking: Asking) -> Iterator[Line]:
    """What has a day, for the calendar."""
    for section in sections():
        if section.dated:
            rows = list(section.rows(asking)[:MOST_DAYS])
            yield from (line for line in section.lines(rows, asking) if line.due)


def _lines(section: Section, rows: Any, asking: Asking) -> list[tuple[Line, bool]]:
    lines = section.lines(list(rows), asking)
    return [(line, line.is_overdue(asking.today)) for line in lines]
