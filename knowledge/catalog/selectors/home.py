"""The home page: what there is, and what can be relied on today."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact, HomePage
from knowledge.catalog.permissions import Access, access_of, visible
from knowledge.catalog.selectors.cards import cards
from knowledge.catalog.selectors.categories import CATEGORY_PATH_CHARS, categories

RECENT = 6


def context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    access = access_of(request)
    shelf = visible(Artifact.objects.all(), access)
    return {
        "kinds": _kinds(shelf),
        "categories": _categories(shelf, access),
        "recently_verified": cards(_recently_verified(shelf)),
        "total": shelf.count(),
    }


def _kinds(shelf):  # type: ignore[no-untyped-def]
    counted = dict(shelf.order_by().values_list("kind").annotate(Count("pk")))
    return [
        {"value": kind.value, "label": kind.label, "count": counted[kind.value]}
        for kind in Kind
        if counted.get(kind.value)
    ]


def _categories(shelf, access: Access):  # type: ignore[no-untyped-def]
    from django.db.models.functions import Substr

    counted = dict(
        shelf.order_by()
        .annotate(top=Substr("path", 1, CATEGORY_PATH_CHARS))
        .values_list("top")
        .annotate(Count("pk"))
    )
    return [{"category": one, "count": counted.get(one.path, 0)} for one in categories(access)]


def _recently_verified(shelf):  # type: ignore[no-untyped-def]
    today = timezone.localdate()
    return (
        shelf.exclude(kind=Kind.FAQ)
        .filter(
            last_reviewed__isnull=False,
            next_review__gt=today,
            superseded_by__isnull=True,
            archived_at__isnull=True,
        )
        .order_by("-last_reviewed", "title")[:RECENT]
    )
