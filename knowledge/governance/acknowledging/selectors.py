"""Who has to confirm what, and who has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Left, StrIndex
from wagtail.models import PageViewRestriction

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access, visible
from knowledge.governance.acknowledging import demands
from knowledge.governance.acknowledging.models import Confirmation, Demand
from knowledge.governance.services.versions import UNPUBLISHED


def major_of(version: str) -> str:
    return version.partition(".")[0]


def is_asked(person: Any, page: Artifact) -> bool:
    """Whether a demand holds for the artifact and names a group of the person. At most one query."""
    place = demands.over(page.path)
    if place is None or page.version == UNPUBLISHED:
        return False
    return Demand.objects.filter(pk=place.id, groups__user=person.pk).exists()


def confirmed(person: Any, page: Artifact) -> Confirmation | None:
    """The person's confirmation of what is live; a minor version asks nobody anew."""
    return Confirmation.objects.filter(
        person=person.pk, page=page.pk, major=major_of(page.version)
    ).first()


def open_for(person: Any, access: Access) -> QuerySet[Artifact]:
    """What the person has to confirm and has not; the longest waiting first."""
    named = set(Demand.objects.filter(groups__user=person.pk).values_list("pk", flat=True))
    asked = Q(pk__in=[])
    for place in demands.places():
        if place.id in named:
            asked |= demands.under(place)
    major = Left(F("version"), StrIndex(F("version"), Value(".")) - 1)
    pages = visible(Artifact.objects.filter(asked), access).exclude(version=UNPUBLISHED)
    done = Confirmation.objects.filter(person=person.pk, page=OuterRef("pk"))
    return (
        pages.annotate(major=major)
        .exclude(Exists(done.filter(major=OuterRef("major"))))
        .order_by("last_published_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """One of those concerned. ``version`` and ``confirmed_at`` are empty while it is open."""

    name: str
    login: str
    version: str
    confirmed_at: datetime | None


def concerned(page: Artifact) -> QuerySet[Any]:
    """Active members of the groups who may see the artifact; who has not confirmed comes first."""
    people = get_user_model().objects.filter(is_active=True)
    place = demands.over(page.path)
    if place is None:
        return people.none()
    people = people.filter(groups__in=Demand.objects.filter(pk=place.id).values("groups"))
    restrictions = PageViewRestriction.objects.exclude(
        restriction_type=PageViewRestriction.LOGIN
    ).select_related("page")
    for one in restrictions.prefetch_related("groups"):
        if page.path.startswith(one.page.path):
            # One with a shared password admits nobody (catalog/permissions.py).
            admits = one.restriction_type == PageViewRestriction.GROUPS
            inside = list(one.groups.all()) if admits else []
            people = people.filter(Q(is_superuser=True) | Q(groups__in=inside))
    mine = Confirmation.objects.filter(
        person=OuterRef("pk"), page=page.pk, major=major_of(page.version)
    )
    return (
        people.annotate(
            read_version=Subquery(mine.values("version")[:1]),
            read_at=Subquery(mine.values("confirmed_at")[:1]),
        )
        .order_by(F("read_at").asc(nulls_first=True), "last_name", "first_name", "username")
        .distinct()
    )


def readers(people: Any) -> list[Reader]:
    """As the list shows them."""
    return [
        Reader(called(one), one.get_username(), one.read_version or "", one.read_at)
        for one in people
    ]
