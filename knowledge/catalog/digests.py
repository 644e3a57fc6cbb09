"""What every mail keeps to that gathers what is new or waits for somebody."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import ngettext

# In the time of the site: nobody wants to be woken by a list.
FROM_HOUR = 6
LISTED = 25
Row = TypeVar("Row")


def is_time(now: datetime) -> bool:
    """Whether it is late enough in the day of the site."""
    return timezone.localtime(now).hour >= FROM_HOUR


def held_reader(person_id: int) -> Any | None:
    """Who can get a mail, held until the transaction ends: another run for the same person waits."""
    person = get_user_model().objects.select_for_update().filter(pk=person_id).first()
    return person if person is not None and person.is_active and person.email else None


def listed(rows: Sequence[Row], lines: Callable[[Row], Iterable[str]]) -> list[str]:
    """The lines of the first rows, and how many there are besides."""
    found = [line for row in rows[:LISTED] for line in lines(row)]
    if rest := len(rows[LISTED:]):
        found.append(ngettext("and %d more", "and %d more", rest) % rest)
    return found


def headed(heading: str, rows: Sequence[Row], lines: Callable[[Row], Iterable[str]]) -> list[str]:
    """``listed`` under a heading, with room around; nothing for no rows."""
    return [heading, "", *listed(rows, lines), ""] if rows else []
