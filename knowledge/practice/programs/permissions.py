"""Who sees a program that is carried out: as with runs. A part is seen by who may read its artifact."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from knowledge.catalog.permissions import Access
from knowledge.practice.permissions import OPEN, where_open
from knowledge.practice.programs.models import ProgramRun
from knowledge.practice.teams.permissions import leads as leads_team
from knowledge.practice.teams.permissions import of_own_team


def joinable(rows: QuerySet[ProgramRun], user: Any, access: Access) -> QuerySet[ProgramRun]:
    """Those of ``rows`` that the person may see and take part in."""
    if not user.is_authenticated:
        return rows.none()
    if user.is_superuser:
        return rows
    people = ProgramRun.people.through.objects
    takes_part = Exists(people.filter(programrun=OuterRef("pk"), user=user.pk))
    return where_open(rows.filter(Q(takes_part) | of_own_team(user) | OPEN), access)


def leads(row: ProgramRun, user: Any) -> bool:
    """Whether the person ends it. Anyone who takes part does while nobody leads."""
    if user.is_superuser or row.lead_id in (user.pk, None):
        return True
    return leads_team(row.team_id, user)
