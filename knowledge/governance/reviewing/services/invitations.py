"""Asking people without an account to decide one step, by a link that is good once.

Whoever has the link may decide; so it is long, expires, is kept as a digest only, and is void when
the one who sent it has no account any more.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState

from knowledge.catalog.people import called
from knowledge.governance.errors import AlreadyDecided, ModerationRefused
from knowledge.governance.reviewing.errors import LinkOver, NotWaiting
from knowledge.governance.reviewing.models import Invitation, ReviewTask
from knowledge.governance.reviewing.models.invitations import COMMENT_CHARS

GOOD_FOR = timedelta(days=14)
TOKEN_BYTES = 32
MOST_OPEN = 10
MOST_AN_HOUR = 20
Decision = Invitation.Decision


def may_invite(*, task: ReviewTask, page: Page, by: Any) -> bool:
    """A reviewer of the step, or who publishes there; never an author where authors do not approve."""
    if not task.MAY_INVITE or not by.is_active or by.pk in task.refused_authors(page):
        return False
    return not task.refusal(page, by) or bool(page.permissions_for_user(by).can_publish())


@transaction.atomic
def invite(*, state_id: int, name: str, email: str, by: Any, at: datetime) -> Invitation:
    """Mail a link for this one step; it is not kept and cannot be shown again.

    Raises:
        NotWaiting: the step has ended.
        ModerationRefused: ``by`` may not invite, the address is an author's, or there are too many.
    """
    state, page, task = _step(state_id)
    if not may_invite(task=task, page=page, by=by):
        raise ModerationRefused(_("You may not invite anybody to decide this."))
    refused = task.refused_authors(page)
    people = get_user_model().objects.filter(pk__in=refused, email__iexact=email)
    if people.exists():
        raise ModerationRefused(_("This is the address of an author: someone else has to look."))
    open_ones = Invitation.objects.filter(
        task_state=state, decision="", revoked_at__isnull=True, expires_at__gt=at
    )
    if open_ones.count() >= MOST_OPEN:
        raise ModerationRefused(_("There are many open invitations. Revoke one first."))
    lately = Invitation.objects.filter(invited_by=by, invited_at__gt=at - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise ModerationRefused(_("You have sent many invitations. Try again in an hour."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        task_state=state,
        name=name,
        email=email,
        digest=_digest(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + GOOD_FOR,
    )
    _note(page, "governance.invite", by, invitation)
    subject = " ".join((_("Please review “%s”") % page.draft_title).split())
    send_mail(subject, _words(invitation, page, token), settings.DEFAULT_FROM_EMAIL, [email])
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, by: Any, at: datetime) -> Invitation:
    """The link decides nothing any more. One that has decided stays as it is.

    Raises:
        ModerationRefused: ``by`` may not invite to the step.
    """
    state = invitation.task_state
    task, page = state.task.specific, state.workflow_state.content_object
    if not (isinstance(task, ReviewTask) and may_invite(task=task, page=page, by=by)):
        raise ModerationRefused(_("You may not revoke this."))
    if not invitation.decision and invitation.revoked_at is None:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        _note(page, "governance.uninvite", by, invitation)
    return invitation


def find(*, token: str, now: datetime) -> Invitation:
    """The invitation of a link that can still decide.

    Raises:
        Invitation.DoesNotExist: there is no such link.
        LinkOver: it was used, revoked, or has expired, or the step has ended; it says which.
    """
    found = Invitation.objects.select_related(
        "invited_by", "task_state__task", "task_state__workflow_state"
    ).get(digest=_digest(token))
    _demand_open(found, now)
    return found


@transaction.atomic
def decide(
    *, token: str, decision: str, name: str, given: Mapping[str, Any], at: datetime
) -> Invitation:
    """Approve or return in the name of the invited person; the link is used up with it.

    Args:
        name: as the person gives it now.
        given: what the step asks for: the comment, and answers.

    Raises:
        Invitation.DoesNotExist: there is no such link.
        LinkOver: it cannot decide any more.
        ReasonMissing: it is returned without a reason.
        ModerationRefused: parts are missing or points are not answered.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("invited_by")
    invitation = locked.get(digest=_digest(token))
    _demand_open(invitation, at)
    state = invitation.task_state.specific
    task, page = state.task.specific, state.workflow_state.content_object
    said = str(given.get("comment") or "").strip()[:COMMENT_CHARS]
    invitation.name = name
    # The history has no account to name, so the words do.
    who = _("%(name)s <%(email)s>, invited by %(inviter)s") % {
        "name": name,
        "email": invitation.email,
        "inviter": called(invitation.invited_by),
    }
    words = f"{who}: {said}" if said else who
    comment = words if said or decision == Decision.APPROVE else ""
    try:
        task.on_action(state, None, decision, **{**given, "comment": comment})
    except AlreadyDecided as late:
        raise LinkOver(str(late)) from late
    invitation.decision, invitation.decided_at = Decision(decision), at
    invitation.comment = said
    invitation.save(update_fields=["name", "decision", "decided_at", "comment"])
    _note(page.specific, "governance.invited_decision", None, invitation)
    return invitation


def _digest(token: str) -> str:
    # The token has 256 random bits: a slow digest would add nothing.
    return hashlib.sha256(token.encode()).hexdigest()


def _demand_open(invitation: Invitation, now: datetime) -> None:
    if invitation.decision:
        facts = {
            "what": invitation.get_decision_display(),
            "when": _moment(invitation.decided_at or now),
        }
        raise LinkOver(
            _("This link was used: %(what)s, %(when)s. It is good for one decision.") % facts
        )
    if invitation.is_void():
        raise LinkOver(_("This link was revoked by those who sent it."))
    if invitation.expires_at <= now:
        raise LinkOver(_("This link expired on %s.") % _moment(invitation.expires_at))
    state = invitation.task_state
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise LinkOver(_("This needs no decision any more: it was decided or withdrawn meanwhile."))


def _moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "j F Y, H:i")


def _step(state_id: int) -> tuple[TaskState, Page, ReviewTask]:
    # Two invitations at once would both count one too few.
    rows = TaskState.objects.select_for_update(of=("self",)).select_related("workflow_state")
    state = rows.filter(pk=state_id).first()
    page = state.workflow_state.content_object if state else None
    if state is None or page is None or state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotWaiting
    task = state.task.specific
    if not isinstance(task, ReviewTask):
        raise ModerationRefused(_("Nobody can be invited to a step of this sort."))
    return state, page.specific, task


def _note(page: Page, action: str, by: Any, invitation: Invitation) -> None:
    data = {
        "name": invitation.name,
        "email": invitation.email,
        "decision": invitation.decision,
        "invited_by": called(invitation.invited_by),
        "step": invitation.task_state.task.name,
    }
    log(page.specific, action, user=by, data=data)


def _words(invitation: Invitation, page: Page, token: str) -> str:
    address = f"{settings.PORTAL_BASE_URL}{reverse('reviewing:invited', args=[token])}"
    lines = [
        _("Dear %s,") % invitation.name,
        "",
        _("%(who)s asks you to look at “%(title)s” before readers see it.")
        % {"who": called(invitation.invited_by), "title": page.draft_title},
        _("Read it, then approve it or return it with a reason. You need no account:"),
        "",
        address,
        "",
        _(
            "The link is good for one decision, until %s. Whoever has it can decide: keep it to yourself."
        )
        % _moment(invitation.expires_at),
    ]
    return "\n".join(lines)
