"""Teams of the demo, made through their services, and what they have adopted."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page

from knowledge.exchange.demo.files import PRACTICE_FILE
from knowledge.exchange.demo.voices import without_mails
from knowledge.exchange.errors import ContentError
from knowledge.practice.teams import services
from knowledge.practice.teams.adopting import services as adopting
from knowledge.practice.teams.models import Adoption, Team


def ensure(
    content: Mapping[str, Any], pages: Mapping[str, Page], fresh: set[int], now: datetime
) -> None:
    """Those teams of which an adopted page is in ``fresh`` and that are not there yet.

    Raises:
        ContentError: naming what cannot be made so.
    """
    people = {person.get_username(): person for person in get_user_model().objects.all()}
    known = set(Team.objects.values_list("name", flat=True))
    for row in content.get("teams") or ():
        gone = [one["artifact"] for one in row["adopted"] if one["artifact"] not in pages]
        if gone:
            raise ContentError(PRACTICE_FILE, row["name"], f"there is no {', '.join(gone)}")
        is_new = any(pages[one["artifact"]].pk in fresh for one in row["adopted"])
        if is_new and row["name"] not in known:
            with without_mails():
                _make(row, pages, people, now)


def _make(
    row: Mapping[str, Any], pages: Mapping[str, Page], people: Mapping[str, Any], now: datetime
) -> None:
    lead, at = people[row["lead"]], now - timedelta(days=row["days_ago"])
    team = services.make(by=people[row["by"]], name=row["name"], about=row["about"], at=at)
    for name in (row["lead"], *row["members"]):
        if name != row["by"]:
            services.add_member(team=team, by=people[row["by"]], person=people[name], at=at)
    if row["lead"] != row["by"]:
        services.change_role(team=team, by=people[row["by"]], person=lead, role="lead")
        services.remove_member(team=team, by=lead, person=people[row["by"]])
    for one in row["adopted"]:
        page = pages[one["artifact"]].specific
        at = now - timedelta(days=one["days_ago"])
        adoption = adopting.adopt(team=team, page=page, by=lead, note=one["note"], at=at)
        if "version" in one:
            Adoption.objects.filter(pk=adoption.pk).update(version=one["version"])
