"""Publishing an artifact from code: imports, demo content, governance. The admin form has the same rule."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page, Revision

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.models import Artifact


@transaction.atomic
def save_draft(*, page: Artifact, by: Any, change_note: str = "") -> Revision:
    """Keep the state of ``page`` as its newest draft; parts may be missing.

    Raises:
        PermissionDenied: ``by`` may not edit the page.
    """
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied("This person may not edit the page.")
    if change_note:
        page.change_note = change_note
    return page.save_revision(user=by, clean=False)


@transaction.atomic
def publish(*, page: Artifact, by: Any, change_note: str = "") -> Artifact:
    """Publish the state of ``page``; its version number moves on (governance listens).

    Raises:
        PermissionDenied: ``by`` may not publish the page.
        IncompleteArtifact: required parts are missing; it names them.
    """
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied("This person may not publish the page.")
    missing = page.missing_to_publish()
    if missing:
        raise IncompleteArtifact(missing)
    page.full_clean()
    save_draft(page=page, by=by, change_note=change_note).publish(
        user=by, skip_permission_checks=True
    )
    page.refresh_from_db()
    return page


@transaction.atomic
def create(*, page: Page, parent: Page, by: Any) -> Page:
    """Put a new page below ``parent`` as a draft.

    Raises:
        PermissionDenied: ``by`` may not add this type of page there.
    """
    allowed = parent.permissions_for_user(by).can_add_subpage() and type(page).can_create_at(parent)
    if not allowed:
        raise PermissionDenied("This person may not add such a page here.")
    page.live = False
    page.owner = by
    return parent.add_child(instance=page)
