"""Mails that a decision waits for somebody, and what became of it; written with what they tell of."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog.people import called
from knowledge.practice.models import Decision

MAX_SUBJECT_CHARS = 150


def ask(*, decision: Decision, address: str) -> None:
    """To who is named to approve it."""
    facts = _facts(decision) | {"who": called(decision.decided_by) or _("Somebody")}
    lines = [
        _("%(who)s decided “%(name)s” by “%(title)s”: %(outcome)s.") % facts,
        _("You are named to approve it as “%(role)s”.") % facts,
    ]
    if decision.within_minutes:
        words = ngettext(
            "An answer is expected within %d minute.",
            "An answer is expected within %d minutes.",
            decision.within_minutes,
        )
        lines.append(words % decision.within_minutes)
    _send(decision.approver, _("A decision waits for you: %(name)s") % facts, lines, address)


def tell(*, decision: Decision, by: Any, address: str) -> None:
    """To who decided it, when that is somebody else."""
    if decision.decided_by_id == by.pk:
        return
    facts = _facts(decision) | {"who": called(by)}
    if decision.state == Decision.State.ACCEPTED:
        subject = _("Approved: %(name)s") % facts
        lines = [_("%(who)s approved the decision “%(name)s”: %(outcome)s.") % facts]
    else:
        subject = _("Not approved: %(name)s") % facts
        lines = [_("%(who)s did not approve the decision “%(name)s”: %(outcome)s.") % facts]
    _send(decision.decided_by, subject, [*lines, decision.approval_note], address)


def _facts(decision: Decision) -> dict[str, str]:
    return {
        "name": decision.name,
        "title": decision.title,
        "outcome": decision.outcome,
        "role": decision.approver_role,
    }


def _send(person: Any, subject: str, lines: Sequence[str], address: str) -> None:
    if person is None or not (person.is_active and person.email):
        return
    body = "\n".join([*filter(None, lines), "", address])
    line = " ".join(subject.split())[:MAX_SUBJECT_CHARS]
    send_mail(line, body, settings.DEFAULT_FROM_EMAIL, [person.email])
