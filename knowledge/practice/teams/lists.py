"""What the page of a team lists of each sort of record. The areas bring it by the hook ``team_lists``:

hook(team, user, access) -> TeamList
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail import hooks

from knowledge.catalog.permissions import Access
from knowledge.practice.teams.models import Team

SHOWN = 5


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A record in a few words: its name, and the artifact and version that it was made with."""

    name: str
    url: str
    of: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamList:
    """``lines`` are the newest; ``url`` leads to all ``total`` of them."""

    heading: str
    url: str
    total: int
    lines: Sequence[TeamLine]


def of_team(team: Team, user: Any, access: Access) -> list[TeamList]:
    """Every list that has something for the person."""
    made = [hook(team, user, access) for hook in hooks.get_hooks("team_lists")]
    return [one for one in made if one.total]


def newest(
    heading: str, url: str, team: Team, rows: QuerySet[Any], line: Callable[[Any], TeamLine]
) -> TeamList:
    """The list of ``rows``, which are those of the team that the person may see. Two queries."""
    return TeamList(
        heading=heading,
        url=f"{url}?team={team.slug}",
        total=rows.count(),
        lines=[line(row) for row in rows[:SHOWN]],
    )
