"""Who derives a variant, who keeps it level, and who answers for the standard."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail.permissions import policy_registry

from knowledge.catalog.models import Artifact, CategoryPage, SectionPage
from knowledge.catalog.permissions import Access, access_for, is_visible, visible


def keeps(user: Any, page: Artifact) -> bool:
    """Whether ``user`` decides what the variant ``page`` takes over: who may edit it."""
    return bool(user.is_authenticated and page.permissions_for_user(user).can_edit())


def may_read_standard(user: Any, variant: Any) -> bool:
    """Whether there is a standard for ``user``: not one that is gone, unpublished or closed."""
    parent = variant.parent
    return parent is not None and is_visible(parent, access_for(user))


def owns(user: Any, page: Artifact) -> bool:
    """Whether ``user`` answers for the artifact: the owner, or a member of the owning group."""
    if not (user.is_authenticated and user.is_active):
        return False
    if page.owner_user_id == user.pk:
        return True
    return bool(page.owner_group_id and user.groups.filter(pk=page.owner_group_id).exists())


def can_have_variants(page: Artifact) -> bool:
    """Answers of an FAQ and the like stand in places of their own."""
    return SectionPage in type(page).allowed_parent_page_models()


def places(user: Any, access: Access) -> QuerySet[Page]:
    """Sections and categories in which ``user`` may add a page, in the order of the tree."""
    policy = policy_registry.get_by_type(Page)
    pages = visible(policy.instances_user_has_permission_for(user, "add"), access)
    sections = [model._meta.label_lower.split(".") for model in (CategoryPage, SectionPage)]
    names = [name for _app, name in sections]
    return pages.filter(content_type__app_label="catalog", content_type__model__in=names).order_by(
        "path"
    )


def opens_what_is_closed(page: Page, place: Page) -> bool:
    """Whether a copy of ``page`` below ``place`` could be read by people who may not read ``page``.

    Restrictions only narrow: each of the page's must be met by one of the place.
    """
    there = _restrictions(place)
    for groups in _restrictions(page):
        if groups is None:
            met = bool(there)
        else:
            met = any(one is not None and one <= groups for one in there)
        if not met:
            return True
    return False


def _restrictions(page: Page) -> list[frozenset[int] | None]:
    """For each restriction of the page and those above it the groups; None: all who are logged in."""
    steps = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    rows = PageViewRestriction.objects.filter(page__path__in=steps).prefetch_related("groups")
    return [
        frozenset(group.pk for group in row.groups.all())
        if row.restriction_type == PageViewRestriction.GROUPS
        else frozenset()
        if row.restriction_type == PageViewRestriction.PASSWORD
        else None
        for row in rows
    ]
