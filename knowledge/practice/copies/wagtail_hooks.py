"""What filled templates put on the page of a team."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from knowledge.catalog.permissions import Access
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.copies.permissions import readable
from knowledge.practice.copies.selectors import own
from knowledge.practice.teams.lists import TeamLine, TeamList, newest
from knowledge.practice.teams.models import Team


@hooks.register("team_lists", order=30)
def copies_of_team(team: Team, user: Any, access: Access) -> TeamList:
    rows = readable(own(user, team=team), user, access)
    return newest(_("Filled templates"), reverse("copies:index"), team, rows, _line)


def _line(row: FilledCopy) -> TeamLine:
    url = reverse("copies:copy", args=[row.pk])
    of = f"{row.title}, {row.version}"
    return TeamLine(row.name, url, of, row.get_state_display(), row.changed_at)
