"""The one visibility rule: who may see which page. As a predicate and as a query, tested equal.

A page is visible when it is live and no restriction of it or of a page above it refuses the
person. Restrictions are Wagtail's own (login, groups); one with a shared password admits nobody
here, because such passwords are kept in plain text. What a person may not see does not exist for
that person: lists, counts, suggestions, feeds, downloads and caches all start from ``Access``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from knowledge.catalog.services import freshness

AnyPage = TypeVar("AnyPage", bound=Page)


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may not see: the tree paths of the sections that are closed to them."""

    closed_paths: tuple[str, ...] = ()
    # What was looked up for this person during this request, such as the categories.
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def key(self) -> str:
        """The same for all persons who see the same pages: part of every cache key."""
        return hashlib.sha256("|".join(self.closed_paths).encode()).hexdigest()[:16]

    def opens(self, path: str) -> bool:
        """Whether the tree path (treebeard's) lies in no closed section."""
        return not any(path.startswith(closed) for closed in self.closed_paths)


def access_for(user: Any) -> Access:
    """What ``user`` may see. Costs one query, and one more for the groups of a logged-in person."""
    if user is not None and user.is_active and user.is_superuser:
        return Access()
    rows = list(
        PageViewRestriction.objects.values_list(
            "pk", "restriction_type", "page__path", "groups__pk"
        )
    )
    return Access(closed_by(rows, user))


def closed_by(rows: Sequence[tuple[int, str, str, int | None]], user: Any) -> tuple[str, ...]:
    """The paths that are closed to ``user``, in order. One query for the groups of a logged-in person.

    ``rows`` are restrictions of pages, or of collections: id, type, path and one group each.
    """
    if not rows:
        return ()
    logged_in = bool(user is not None and user.is_authenticated and user.is_active)
    groups = set(user.groups.values_list("pk", flat=True)) if logged_in else set()
    # One row for each group of a restriction; of several restrictions every one must admit.
    admitted: dict[int, bool] = {}
    paths: dict[int, str] = {}
    for restriction, kind, path, group in rows:
        admits = logged_in and (
            kind == BaseViewRestriction.LOGIN
            or (kind == BaseViewRestriction.GROUPS and group in groups)
        )
        admitted[restriction] = admitted.get(restriction, False) or admits
        paths[restriction] = path
    return tuple(sorted({paths[one] for one, admits in admitted.items() if not admits}))


def access_of(request: HttpRequest) -> Access:
    """``access_for`` the person of the request, looked up once a request."""
    access = getattr(request, "_portal_access", None)
    if access is None:
        access = access_for(getattr(request, "user", None))
        request._portal_access = access  # type: ignore[attr-defined]  # a memo of the request
    return access


def enters_admin(user: Any) -> bool:
    """Whether ``user`` may enter the admin: for what is shown, not for what is allowed.

    Kept under the freshness stamp, which changes with every right; asking Django costs two joins.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    may = freshness.kept(
        ("enters-admin", user.pk), lambda: user.has_perm("wagtailadmin.access_admin")
    )
    return bool(may)


def visible(pages: QuerySet[AnyPage], access: Access) -> QuerySet[AnyPage]:
    """Those of ``pages`` that are live and open to the person."""
    closed = Q()
    for path in access.closed_paths:
        closed |= Q(path__startswith=path)
    pages = pages.filter(live=True)
    return pages.exclude(closed) if access.closed_paths else pages


def is_visible(page: Page, access: Access) -> bool:
    """Whether the person may see this one page."""
    return bool(page.live and access.opens(page.path))
