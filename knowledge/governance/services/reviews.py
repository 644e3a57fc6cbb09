"""Confirming that an artifact still holds."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import freshness
from knowledge.catalog.signals import artifact_changed
from knowledge.governance.errors import ReviewRefused
from knowledge.governance.signals import reviewed

CONFIRM = "governance.confirm_review"


@transaction.atomic
def confirm(*, page: Artifact, by: Any, on: date, note: str = "") -> Artifact:
    """Record that ``by`` has checked the live version; the next review moves by the interval.

    Args:
        on: day of the review, in the site's time zone.

    Raises:
        PermissionDenied: ``by`` may not publish the page.
        ReviewRefused: the page is not live, or a newer draft waits.
    """
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied("Only those who may publish this page confirm its review.")
    if not page.live:
        raise ReviewRefused(_("Publish it first: there is no live version to confirm."))
    if page.has_unpublished_changes:
        raise ReviewRefused(_("A draft waits. Publish or discard it before you confirm."))
    last = Artifact.objects.select_for_update(of=("self",)).get(pk=page.pk)
    said = PageLogEntry.objects.filter(page=page.pk, action=CONFIRM, user=by)
    is_again = (last.last_reviewed, last.reviewed_by_id) == (on, by.pk) and said.filter(
        data__version=page.version
    ).exists()
    if is_again and not note:
        return page
    if not is_again:
        # Twice sent, or said with another word: one review all the same.
        _set_review(page, by, on, "confirmed")
    log(page, CONFIRM, user=by, data={"note": note, "version": page.version})
    announce(page)
    return page


@transaction.atomic
def note_approval(*, page: Artifact, by: Any, on: date) -> Artifact:
    """Approving a draft is a review of it. Called by the workflow, which has asked for the right."""
    _set_review(page, by, on, "changed")
    announce(page)
    return page


def _set_review(page: Artifact, by: Any, on: date, decision: str) -> None:
    planned = page.next_review
    page.last_reviewed = on
    page.reviewed_by = by
    page.next_review = page.review_until(on)
    Artifact.objects.filter(pk=page.pk).update(
        last_reviewed=on, reviewed_by=by, next_review=page.next_review
    )
    reviewed.send(sender=Artifact, page=page, by=by, on=on, planned=planned, decision=decision)


def announce(page: Artifact) -> None:
    """Tell those above that something of the page changed without a new revision."""
    freshness.bump()
    artifact_changed.send(sender=Artifact, artifact_ids=[page.pk])
