"""What a team has adopted, as who may read it sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.teams.models import Adoption, Team
from templates_lib.rendering import LinkTarget


@dataclass(frozen=True, slots=True)
class Adopted:
    """``url`` is empty when the artifact is not published any more. ``newer`` is the live version when
    that is another than the adopted one. ``successor`` is what takes its place, when one may see it.
    """

    row: Adoption
    url: str
    newer: str
    changes_url: str
    is_superseded: bool
    is_archived: bool
    successor: LinkTarget | None


def adopted(team: Team, access: Access) -> QuerySet[Adoption]:
    """The latest first, without what is closed to the person."""
    rows = team.adoptions.select_related("artifact", "adopted_by")
    for path in access.closed_paths:
        rows = rows.exclude(artifact__path__startswith=path)
    return rows


def lines(rows: Iterable[Adoption], access: Access) -> list[Adopted]:
    """One query for what takes the place of superseded ones."""
    found = list(rows)
    wanted = {row.artifact.superseded_by_id for row in found} - {None}
    pages = visible(Artifact.objects.filter(pk__in=wanted), access) if wanted else []
    successors = {page.pk: LinkTarget(site_path(page.url_path), page.title) for page in pages}
    return [_line(row, successors) for row in found]


def _line(row: Adoption, successors: dict[int, LinkTarget]) -> Adopted:
    page = row.artifact
    newer = page.version if page.live and page.version != row.version else ""
    return Adopted(
        row=row,
        url=site_path(page.url_path) if page.live else "",
        newer=newer,
        changes_url=_changes(page, row.version) if newer else "",
        is_superseded=page.superseded_by_id is not None,
        is_archived=page.archived_at is not None,
        successor=successors.get(page.superseded_by_id or 0),
    )


def of_person(page: Artifact, user: Any) -> list[Adoption]:
    """The adoptions of ``page`` by teams that the person is in, by name of the team. One query."""
    rows = Adoption.objects.filter(artifact=page.pk, team__memberships__person=user.pk)
    return list(rows.select_related("team").order_by("team__name", "pk"))


def _changes(page: Artifact, since: str) -> str:
    """Where both versions are compared; empty where the portal has no such page."""
    try:
        address = reverse("governance:changes", kwargs={"path": site_path(page.url_path)[1:]})
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode({'from': since, 'to': page.version})}"
