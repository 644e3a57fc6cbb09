"""Archiving, restoring and superseding: the one place that moves these states."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import Artifact
from knowledge.governance.services.reviews import announce
from knowledge.governance.signals import restored, reviewed


def _demand_publish(page: Artifact, by: Any) -> None:
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied("Only those who may publish this page change its state.")


@transaction.atomic
def archive(*, page: Artifact, by: Any, at: datetime, reason: str = "") -> Artifact:
    """Keep the page for the record: marked everywhere, last in every list.

    Raises:
        PermissionDenied: ``by`` may not publish the page.
    """
    _demand_publish(page, by)
    page.archived_at = at
    Artifact.objects.filter(pk=page.pk).update(archived_at=at)
    log(page, "governance.archive", user=by, data={"reason": reason})
    _tell(page, by, at, "archived")
    announce(page)
    return page


@transaction.atomic
def restore(*, page: Artifact, by: Any, reason: str = "") -> Artifact:
    """Take the page out of the archive.

    Raises:
        PermissionDenied: ``by`` may not publish the page.
    """
    _demand_publish(page, by)
    page.archived_at = None
    Artifact.objects.filter(pk=page.pk).update(archived_at=None)
    log(page, "governance.restore", user=by, data={"reason": reason})
    restored.send(sender=Artifact, page=page, on=timezone.localdate())
    announce(page)
    return page


@transaction.atomic
def supersede(*, page: Artifact, by: Any, successor: Artifact) -> Artifact:
    """Name the artifact that takes the place of ``page``; both ends show it.

    It is a new version of the page, so that restoring an old one does not lose the way on.

    Raises:
        PermissionDenied: ``by`` may not publish the page.
        KnowledgeError: the successor is the page itself or leads back to it, or a draft waits.
    """
    _demand_publish(page, by)
    page = page.specific
    if page.has_unpublished_changes:
        raise KnowledgeError(_("A draft waits. Publish or discard it before you go on."))
    seen: set[int] = {page.pk}
    end: Artifact | None = successor
    while end is not None:
        if end.pk in seen:
            raise KnowledgeError(_("The successor leads back to this artifact."))
        seen.add(end.pk)
        end = end.superseded_by
    page.superseded_by = successor
    # Without the title: not everyone who reads this page may see the other one.
    page.change_note = _("Another artifact takes the place of this one.")
    # A decision record takes its status from this.
    page.clean()
    page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    _tell(page, by, timezone.now(), "superseded")
    announce(page)
    return page


def _tell(page: Artifact, by: Any, at: datetime, decision: str) -> None:
    reviewed.send(
        sender=Artifact,
        page=page,
        by=by,
        on=timezone.localtime(at).date(),
        planned=page.next_review,
        decision=decision,
    )
