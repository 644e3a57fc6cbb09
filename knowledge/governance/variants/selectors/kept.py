"""The variants that a person answers for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from knowledge.catalog.permissions import Access, is_visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors.drift import words


def by(person: Any) -> QuerySet[Variant]:
    """Owned by the person or by a group of theirs; behind for longest first, drafts too."""
    mine = Q(page__owner_user=person.pk) | Q(page__owner_group__in=person.groups.all())
    return Variant.objects.filter(mine).order_by(F("behind_since").asc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class Line:
    """``url`` is empty for a draft, ``standard`` for who may not see the standard."""

    id: int
    page_id: int
    title: str
    url: str
    standard: str
    standard_url: str
    drift: str
    is_level: bool


def lines(variants: Iterable[Variant], access: Access) -> list[Line]:
    """One query, with what the person may see of the standards."""
    if isinstance(variants, QuerySet):
        variants = variants.select_related("page", "parent")
    found = []
    for one in variants:
        parent = one.parent if one.parent and is_visible(one.parent, access) else None
        found.append(
            Line(
                id=one.pk,
                page_id=one.page_id,
                title=one.title,
                url=site_path(one.page.url_path) if is_visible(one.page, access) else "",
                standard=parent.title if parent else "",
                standard_url=site_path(parent.url_path) if parent else "",
                drift=words(one) if parent else "",
                is_level=one.is_level or parent is None,
            )
        )
    return found
