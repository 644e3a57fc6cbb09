"""Proposing, discussing, accepting and declining. Whoever proposed hears what came of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for, is_visible
from knowledge.governance.errors import ProposalRefused
from knowledge.governance.proposals import parts
from knowledge.governance.proposals.models import (
    MAX_PROPOSED_CHARS,
    MAX_WORDS_CHARS,
    Proposal,
    Remark,
)
from knowledge.governance.services.feedback import addresses_of

State = Proposal.State
MAX_SUBJECT_CHARS = 150


def may_decide(user: Any, page: Artifact) -> bool:
    """Who may edit the page decides what is taken over into its draft."""
    return bool(page.permissions_for_user(user).can_edit())


def may_read(user: Any, proposal: Proposal) -> bool:
    """The proposer, while the page is open to them, and who looks after the page."""
    if may_decide(user, proposal.page):
        return True
    return proposal.author_id == user.pk and is_visible(proposal.page, access_for(user))


@transaction.atomic
def propose(*, page: Artifact, by: Any, target: str, text: str, reason: str) -> Proposal:
    """Keep other words for one part of the live page and tell its owner.

    Raises:
        PermissionDenied: ``by`` is nobody, or may not see the page.
        ProposalRefused: there is no such part, nothing differs, or words are missing.
    """
    if not by.is_authenticated or not is_visible(page, access_for(by)):
        raise PermissionDenied("Only who may read a page proposes a change of it.")
    part = parts.find(page, target)
    if part is None:
        raise ProposalRefused(_("This part is no longer on the page. Choose another."), "target")
    text, reason = _even(text), reason.strip()
    if not text:
        raise ProposalRefused(_("Write what should stand there."), "text")
    if text == _even(part.text):
        raise ProposalRefused(_("This is what stands there already."), "text")
    if len(text) > MAX_PROPOSED_CHARS:
        raise ProposalRefused(_("This is too long."), "text")
    limit = page._meta.get_field(target).max_length if target in parts.FIELDS else None
    if limit and len(text) > limit:
        raise ProposalRefused(_("At most %d characters stand here.") % limit, "text")
    if not reason:
        raise ProposalRefused(_("Say why."), "reason")
    proposal = Proposal.objects.create(
        page_id=page.pk,
        version=page.version,
        target=part.target,
        label=part.label,
        before=part.text,
        text=text,
        reason=reason[:MAX_WORDS_CHARS],
        author=by,
    )
    subject = _("Proposed change of %s") % page.title
    for address in addresses_of(page):
        _mail(address, subject, [f"{called(by)}: {proposal.reason}", "", proposal.label], proposal)
    return proposal


@transaction.atomic
def remark(*, proposal: Proposal, by: Any, text: str) -> Remark:
    """Say something about it. The proposer hears of what editors say.

    Raises:
        PermissionDenied: ``by`` may not read the proposal.
        ProposalRefused: nothing was said.
    """
    if not may_read(by, proposal):
        raise PermissionDenied("Only the proposer and those who look after the page discuss it.")
    text = text.strip()[:MAX_WORDS_CHARS]
    if not text:
        raise ProposalRefused(_("Say something first."), "remark")
    said = Remark.objects.create(proposal=proposal, author=by, text=text)
    if by != proposal.author:
        _tell(proposal, _("About your proposal for %s"), [text])
    return said


@transaction.atomic
def accept(*, proposal: Proposal, by: Any, at: datetime, despite_change: bool = False) -> Proposal:
    """Take the text over into a draft that bears the proposer's name; it goes the usual way.

    A part with fields of its own is only marked: the editor writes it in. ``revision`` tells.

    Raises:
        PermissionDenied: ``by`` may not edit the page.
        ProposalRefused: it is decided already, the page is locked, or the part was changed
            since and ``despite_change`` does not say to go on.
    """
    proposal = _undecided(proposal, by)
    page = proposal.page.get_latest_revision_as_object()
    if page.permissions_for_user(by).page_locked():
        raise ProposalRefused(_("The page is locked: it is under review, or somebody holds it."))
    if has_changed(proposal) and not despite_change:
        raise ProposalRefused(
            _("The part was changed since. Look at it, then accept all the same.")
        )
    if parts.write(page, proposal.target, proposal.text):
        proposal.revision = page.save_revision(
            user=proposal.author or by, clean=False, log_action=True
        )
    _decide(proposal, State.ACCEPTED, by, at, "")
    return proposal


@transaction.atomic
def decline(*, proposal: Proposal, by: Any, at: datetime, note: str) -> Proposal:
    """Say no, and why.

    Raises:
        PermissionDenied: ``by`` may not edit the page.
        ProposalRefused: it is decided already, or no reason is given.
    """
    proposal = _undecided(proposal, by)
    if not note.strip():
        raise ProposalRefused(_("Say why it is declined."), "note")
    _decide(proposal, State.DECLINED, by, at, note.strip()[:MAX_WORDS_CHARS])
    return proposal


def has_changed(proposal: Proposal) -> bool:
    """Whether the newest draft has other words there than the proposer saw, or none."""
    part = parts.find(proposal.page.get_latest_revision_as_object(), proposal.target)
    return part is None or _even(part.text) != _even(proposal.before)


def _undecided(proposal: Proposal, by: Any) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("page", "author")
    proposal = rows.get(pk=proposal.pk)
    if not may_decide(by, proposal.page):
        raise PermissionDenied("Only who may edit the page decides about proposals.")
    if not proposal.is_open:
        raise ProposalRefused(_("Somebody has decided this already."))
    return proposal


def _decide(proposal: Proposal, state: str, by: Any, at: datetime, note: str) -> None:
    proposal.state, proposal.note = state, note
    proposal.decided_by, proposal.decided_at = by, at
    proposal.save()
    data = {"proposal": proposal.pk, "part": proposal.label, "by": called(proposal.author)}
    log(proposal.page.specific, f"governance.proposal_{state}", user=by, data=data)
    said = [str(proposal.get_state_display()), *([note] if note else [])]
    _tell(proposal, _("Your proposal for %s"), said)


def _tell(proposal: Proposal, subject: str, said: list[str]) -> None:
    author = proposal.author
    if author is None or not (author.is_active and author.email):
        return
    if access_for(author).opens(proposal.page.path):
        _mail(author.email, subject % proposal.page.title, said, proposal)


def _mail(address: str, subject: str, lines: list[str], proposal: Proposal) -> None:
    link = f"{settings.PORTAL_BASE_URL}{reverse('proposals:show', args=[proposal.pk])}"
    body = "\n".join([*lines, "", link])
    send_mail(
        " ".join(subject.split())[:MAX_SUBJECT_CHARS], body, settings.DEFAULT_FROM_EMAIL, [address]
    )


def _even(text: str) -> str:
    """Browsers send other ends of lines than they were given."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
