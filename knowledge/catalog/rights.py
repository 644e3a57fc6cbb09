"""Rights on pages in the admin, which end at the door of a room.

Wagtail's rights reach down the tree without end: who may edit the home page may edit everything. A room
is a section that belongs to the people of one group (hook ``rooms``); rights that somebody has from above
do not reach into it unless the person is in that group. Who gives rights, and superusers, get in
everywhere, or a room could never be put in order. It is Wagtail's own policy with that one rule more, and
all of the admin asks it: lists, search, choosers of the tree, reports, histories.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail import hooks
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

# Who may give rights.
GIVES_RIGHTS = "auth.change_group"
_MEMO = "_portal_closed_rooms"


def rooms() -> list[tuple[str, int | None]]:
    """Tree path and group of each room; a room whose group is gone has None. One query."""
    return [room for hook in hooks.get_hooks("rooms") for room in hook()]


def closed_to(user: Any) -> tuple[str, ...]:
    """The paths of the rooms that the person is not in, asked once for each request."""
    if not user.is_active or user.is_superuser:
        return ()
    known = getattr(user, _MEMO, None)
    if known is None:
        every = rooms()
        known = ()
        if every and not user.has_perm(GIVES_RIGHTS):
            own = set(user.groups.values_list("pk", flat=True))
            known = tuple(path for path, group in every if group not in own)
        setattr(user, _MEMO, known)
    return known


class RoomPolicy(PagePermissionPolicy):
    """Wagtail's policy for pages, without the rooms that are closed to the person."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Page
    ) -> bool:
        if instance.path.startswith(closed_to(user)):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Page]:
        return outside(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        return outside(super().explorable_instances(user), user)

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[Any]:
        users = super().users_with_any_permission_for_instance(
            actions, instance, include_superusers
        )
        for path, group in rooms():
            if instance.path.startswith(path):
                inside = get_user_model().objects.filter(Q(groups=group) | Q(is_superuser=True))
                users = users.filter(pk__in=inside.values("pk"))
        return users


class RoomTester(PagePermissionTester):
    """What the person may do with one page: nothing in a room that is closed to them."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if page.path.startswith(closed_to(user)):
            self.permissions: set[str] = set()


def outside(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """``pages`` without those in rooms that are closed to the person."""
    for path in closed_to(user):
        pages = pages.exclude(path__startswith=path)
    return pages


def register() -> None:
    """Called once when the app is ready."""
    if not isinstance(policy_registry.get_by_type(Page), RoomPolicy):
        register_permission_policy(Page, RoomPolicy())
