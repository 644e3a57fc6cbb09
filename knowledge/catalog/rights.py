"""Rights on pages in the admin, which end at the door of a closed section.

Wagtail restricts who reads a section on the site, but its rights in the admin reach down the tree without
end: who may edit the home page finds, opens and edits everything. Here rights that somebody has from above
do not reach into a section that is closed to the person; rights that were given in it do. Who gives rights,
and superusers, get in everywhere, or a section could never be put in order. It is Wagtail's own policy with
that one rule more, and all of the admin asks it: lists, search, choosers, reports, histories, its API.
"""

from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import BaseViewRestriction, GroupPagePermission, Page, PageViewRestriction
from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from knowledge.catalog.permissions import closed_by

# Who may give rights.
GIVES_RIGHTS = "auth.change_group"
# Who asks in the admin just now; nobody on the site, in a task or a command.
asking: ContextVar[Any] = ContextVar("asking", default=None)
_MEMO = "_portal_closed_sections"
_MEMO_OF_ALL = "_portal_restricted_sections"


@dataclass(frozen=True, slots=True)
class Closed:
    """Tree path of a section that is closed to a person, and the places in it where they hold rights."""

    path: str
    held: tuple[str, ...]

    def holds(self, path: str) -> bool:
        """Whether the page at ``path`` is closed to the person."""
        return path.startswith(self.path) and not path.startswith(self.held)

    @property
    def pages(self) -> Q:
        inside = Q(path__startswith=self.path)
        for path in self.held:
            inside &= ~Q(path__startswith=path)
        return inside

    @property
    def ways(self) -> list[str]:
        """The paths from its door down to what the person holds in there."""
        return [
            path[:end]
            for path in self.held
            for end in range(len(self.path), len(path), Page.steplen)
        ]


def closed_to(user: Any) -> tuple[Closed, ...]:
    """What is closed to the person in the admin, asked once for each request.

    One query, and two more for a logged-in person when any page is restricted.
    """
    if user.is_active and user.is_superuser:
        return ()
    known = getattr(user, _MEMO, None)
    if known is None:
        rows = PageViewRestriction.objects.values_list(
            "pk", "restriction_type", "page__path", "groups__pk"
        )
        paths = closed_by(list(rows), user)
        known = ()
        if paths and not (user.is_authenticated and user.has_perm(GIVES_RIGHTS)):
            held = _places_of_rights(user)
            known = tuple(
                Closed(path, tuple(one for one in held if one.startswith(path)))
                for path in paths
                if path not in held
            )
        setattr(user, _MEMO, known)
    return known


def is_closed(path: str, user: Any) -> bool:
    """Whether the page at the tree path is closed to the person in the admin."""
    return any(one.holds(path) for one in closed_to(user))


def is_hidden(page: Page, user: Any) -> bool:
    """Whether the page does not exist for the person: it is closed, and they are not asked to approve it.

    Two queries more for a page that is closed.
    """
    return is_closed(page.path, user) and not page.specific.permissions_for_user(user).can_edit()


def is_hidden_from_who_asks(page: Page) -> bool:
    """The same for the person of the running request, when it is one of the admin."""
    user = asking.get()
    return user is not None and is_hidden(page, user)


def is_way_in(path: str, user: Any) -> bool:
    """Whether one gets through this closed page to places where the person holds rights."""
    return all(path in one.ways for one in closed_to(user) if one.holds(path))


def outside(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """``pages`` without those that are closed to the person."""
    for one in closed_to(user):
        pages = pages.exclude(one.pages)
    return pages


def _restricted(user: Any) -> tuple[str, ...]:
    """The tree paths of all restrictions, whomever they admit; asked once for each request of ``user``."""
    known = getattr(user, _MEMO_OF_ALL, None)
    if known is None:
        known = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        setattr(user, _MEMO_OF_ALL, known)
    return known


def _places_of_rights(user: Any) -> set[str]:
    return {
        right.page.path
        for right in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    }


class ClosedSectionsPolicy(PagePermissionPolicy):
    """Wagtail's policy for pages, without the sections that are closed to the person."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Page
    ) -> bool:
        if is_closed(instance.path, user):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Page]:
        return outside(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        """With the closed pages on the way to what the person holds, which are passed without a name."""
        pages = super().explorable_instances(user)
        for one in closed_to(user):
            pages = pages.exclude(one.pages & ~Q(path__in=one.ways))
        return pages

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[Any]:
        """Who only gives rights is not one of a section's people, and gets no mail about it."""
        users = super().users_with_any_permission_for_instance(
            actions, instance, include_superusers
        )
        for restriction in _restrictions_of(instance):
            # The path of the instance starts with that of each page above it.
            held = GroupPagePermission.objects.filter(
                page__path__startswith=restriction.page.path, page__path__in=_steps(instance)
            )
            inside = get_user_model().objects.filter(
                Q(groups__in=restriction.groups.all())
                | Q(groups__in=held.values("group"))
                | Q(is_superuser=True)
            )
            users = users.filter(pk__in=inside.values("pk"))
        return users


class ClosedSectionsTester(PagePermissionTester):
    """What the person may do with one page: nothing in a section that is closed to them, and nothing that
    would reach into one below it.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if is_closed(page.path, user):
            self.permissions: set[str] = set()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(super().can_delete(ignore_bulk)) and not self._reaches_closed_pages()

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_set_view_restrictions()) and not self._reaches_closed_pages()

    def can_copy(self) -> bool:
        """A copy has none of the restrictions of what was copied, so closed pages would be open in it."""
        reached = any(path.startswith(self.page.path) for path in _restricted(self.user))
        return bool(super().can_copy()) and not reached

    def _reaches_closed_pages(self) -> bool:
        below = (one.path for one in closed_to(self.user) if one.path.startswith(self.page.path))
        return any(below)


def _steps(page: Page) -> list[str]:
    """The tree paths from the root down to ``page``."""
    return [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]


def _restrictions_of(page: Page) -> QuerySet[PageViewRestriction]:
    """Those that do not admit everybody who is logged in."""
    return (
        PageViewRestriction.objects.filter(page__path__in=_steps(page))
        .exclude(restriction_type=BaseViewRestriction.LOGIN)
        .select_related("page")
    )


def would_close_to(*, page: Page, groups: Collection[Any], user: Any) -> bool:
    """Whether closing ``page`` to all but ``groups`` would close it to ``user``, in the admin too."""
    if user.is_superuser or user.has_perm(GIVES_RIGHTS):
        return False
    own = set(user.groups.values_list("pk", flat=True))
    return page.path not in _places_of_rights(user) and own.isdisjoint(group.pk for group in groups)


def register() -> None:
    """Called once when the app is ready."""
    if not isinstance(policy_registry.get_by_type(Page), ClosedSectionsPolicy):
        register_permission_policy(Page, ClosedSectionsPolicy())
