"""How far a variant is from its standard, in words and numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.variants.models import Variant


def words(variant: Variant) -> str:
    """Of what readers see, and of the version of the standard that it was compared with."""
    if not variant.counted:
        return _("The standard is not available at present.")
    facts = {"version": variant.counted, "number": variant.behind}
    if variant.is_level:
        said = _("level with version %(version)s") % facts
    else:
        said = (
            ngettext(
                "%(number)d part behind version %(version)s",
                "%(number)d parts behind version %(version)s",
                variant.behind,
            )
            % facts
        )
    own = ngettext("%d part its own", "%d parts its own", variant.own) % variant.own
    return f"{said}, {own}" if variant.own else said


def keeping_team(page: Artifact) -> str:
    """The name of the team that the variant was made for, while it owns it."""
    team = page.variant.team
    return team.name if team is not None and team.group_id == page.owner_group_id else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One variant of a standard, as its list shows it. ``team`` is empty where none keeps it."""

    title: str
    url: str
    team: str
    owner: str
    version: str
    drift: str
    is_level: bool


def of_standard(parent: Artifact, access: Access) -> QuerySet[Artifact]:
    """The variants of ``parent`` that the person may see; retired ones are not counted."""
    pages = Artifact.objects.filter(
        variant__parent=parent.pk, archived_at__isnull=True, superseded_by__isnull=True
    )
    return visible(pages, access).order_by("title", "pk")


def lines(pages: Iterable[Artifact]) -> list[Line]:
    """One query for pages of ``of_standard``."""
    if isinstance(pages, QuerySet):
        pages = pages.select_related("variant__team", "owner_user", "owner_group")
    return [
        Line(
            title=page.title,
            url=site_path(page.url_path),
            team=keeping_team(page),
            owner=page.owned_by,
            version=page.version,
            drift=words(page.variant),
            is_level=page.variant.is_level,
        )
        for page in pages
    ]
