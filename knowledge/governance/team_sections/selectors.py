"""The private section of a team, and where one may be made."""

from django.db.models import QuerySet

from knowledge.catalog.models import CategoryPage, SectionPage
from knowledge.catalog.permissions import Access, visible
from knowledge.practice.teams.models import Team


def section_of(team: Team) -> SectionPage | None:
    return SectionPage.objects.filter(of_team__team=team).first()


def places(access: Access) -> QuerySet[CategoryPage]:
    """The categories that the person may read, as the portal orders them."""
    return visible(CategoryPage.objects.order_by("path"), access)
