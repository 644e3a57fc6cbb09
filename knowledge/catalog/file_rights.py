"""Pictures and documents, closed by their collection: on the site as Wagtail does it, and in the admin too.

Wagtail restricts who reads the files of a collection, but rights on files reach down from the first
collection without end: whoever may change all pictures finds those of every team. Here a collection that is
restricted to groups is closed in the admin, too, to whoever is in none of them, except for who may give
rights. It is Wagtail's own policy with that one rule more, and all of the admin asks it: lists, search,
choosers and forms.
"""

from collections.abc import Collection as Names
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from knowledge.catalog.permissions import closed_by
from knowledge.catalog.rights import GIVES_RIGHTS

_MEMO = "_portal_closed_collections"


def closed_collections(user: Any) -> tuple[str, ...]:
    """Tree paths of the collections whose files the person may not see.

    One query, and two more for a logged-in person when any collection is restricted; asked once for
    each request.
    """
    if user.is_active and user.is_superuser:
        return ()
    known = getattr(user, _MEMO, None)
    if known is None:
        rows = CollectionViewRestriction.objects.values_list(
            "pk", "restriction_type", "collection__path", "groups__pk"
        )
        known = closed_by(list(rows), user)
        if known and user.is_authenticated and user.has_perm(GIVES_RIGHTS):
            known = ()
        setattr(user, _MEMO, known)
    return known


def restricted_collections() -> tuple[str, ...]:
    """Tree paths of the collections whose files not everybody may see. One query."""
    return tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def collection_of_picture(name: str) -> str:
    """Tree path of the collection of an uploaded picture, or of one made from it, by the name of its file;
    empty when it is neither. One query.
    """
    found = get_image_model().objects.filter(Q(file=name) | Q(renditions__file=name))
    return found.values_list("collection__path", flat=True).first() or ""


class ClosedFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy for files, without the collections that are closed to the person."""

    def _check_perm(
        self, user: Any, actions: Names[str], collection: Collection | None = None
    ) -> bool:
        if collection is not None and collection.path.startswith(closed_collections(user)):
            return False
        return bool(super()._check_perm(user, actions, collection))

    def _collections_with_perm(self, user: Any, actions: Names[str]) -> QuerySet[Collection]:
        found = super()._collections_with_perm(user, actions)
        for path in closed_collections(user):
            found = found.exclude(path__startswith=path)
        return found


def register() -> None:
    """Called once when the app is ready."""
    for model in (get_image_model(), get_document_model()):
        policy = ClosedFilesPolicy(model, auth_model=model, owner_field_name="uploaded_by_user")
        # Those of Wagtail, which may come later, are for the class and all below it.
        register_permission_policy(model, policy, exact_class=True)
