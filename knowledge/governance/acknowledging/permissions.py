"""Who may see who has read what."""

from typing import Any

from knowledge.catalog.models import Artifact


def oversees(person: Any, page: Artifact) -> bool:
    """The owner, each member of the owning group, and whoever may edit or publish the page."""
    if page.owner_user_id == person.pk:
        return True
    if page.owner_group_id and person.groups.filter(pk=page.owner_group_id).exists():
        return True
    may = page.permissions_for_user(person)
    return bool(may.can_edit() or may.can_publish())
