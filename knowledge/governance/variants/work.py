"""What variants put on the page of a person's work and on the page of a team."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.governance.variants.models import GateRequest, Variant
from knowledge.governance.variants.selectors import gates, kept
from knowledge.governance.variants.selectors.drift import words
from knowledge.practice.teams.lists import TeamLine, TeamList, newest
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import of_own_team
from knowledge.practice.work.sections import Asking, Line, Section


def sections() -> list[Section]:
    return [
        Section("variants", _("Variants of which the standard has changed"), 62, behind, _behind),
        Section("gates", _("Gates that variants ask about"), 64, asked, _asked),
    ]


def behind(asking: Asking) -> QuerySet[Variant]:
    """Those that the person answers for, as long as the standard is open to that person."""
    standards = visible(Artifact.objects.all(), asking.access).order_by().values("pk")
    rows = kept.by(asking.user).filter(behind__gt=0, parent__in=standards)
    return rows.select_related("page")


def asked(asking: Asking) -> QuerySet[GateRequest]:
    return gates.asked_of(asking.user)


def team_list(team: Team, user: Any, access: Access) -> TeamList:
    """For members: drafts are among them."""
    rows = Variant.objects.filter(of_own_team(user), team=team)
    rows = rows.select_related("page").order_by(F("behind_since").asc(nulls_last=True), "pk")
    return newest(_("Variants of standards"), reverse("variants:mine"), team, rows, _of_team)


def _behind(rows: Sequence[Variant], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"variant-{row.pk}",
            title=row.title,
            url=reverse("variants:show", args=[row.pk]),
            note=words(row),
            kind=row.page.kind,
        )
        for row in rows
    ]


def _asked(rows: Sequence[GateRequest], asking: Asking) -> list[Line]:
    return [
        Line(
            uid=f"gate-{row.pk}",
            title=row.name,
            url=reverse("variants:gate", args=[row.pk]),
            about=row.variant.parent.title if row.variant.parent else "",
        )
        for row in rows
    ]


def _of_team(row: Variant) -> TeamLine:
    return TeamLine(
        name=row.title,
        url=reverse("variants:show", args=[row.pk]),
        of=row.page.version if row.page.live else _("Draft"),
        state=words(row),
        at=row.made_at,
    )
