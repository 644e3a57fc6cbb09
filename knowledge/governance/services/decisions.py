"""Mails that a decision waits for somebody, and what became of it; written with what they tell of."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog.people import called
from knowledge.practice.models import Approval, Decision

MAX_SUBJECT_CHARS = 150


def ask(*, decision: Decision, approvals: Iterable[Approval], address: str) -> None:
    """To all who are named in ``approvals``, each once."""
    for person, role in _roles(approvals):
        _ask(decision, person, role, address)


def remind(
    *, decision: Decision, approvals: Iterable[Approval], others: Iterable[Any], address: str
) -> None:
    """That its time is up, to those who have not approved it and to ``others``; each once."""
    moment = date_format(timezone.localtime(decision.deadline), "j F Y, H:i")
    facts = _facts(decision) | {"moment": moment, "role": decision.escalate_to_role}
    subject = _("Time is up: %(name)s") % facts
    late = _("“%(name)s” (%(outcome)s) was to be approved by %(moment)s and is not.") % facts
    asked = _roles(approvals)
    for person, role in asked:
        named = _("You are named to approve it as “%(role)s”.") % {"role": role}
        _send(person, subject, [late, named], address)
    waits = [
        _("It waits for %(who)s as “%(role)s”.") % {"who": called(one), "role": role}
        for one, role in asked
    ]
    known = {one.pk for one, _role in asked}
    for person in others:
        if person.pk in known:
            continue
        lines = [late, *waits]
        if decision.escalate_to_id == person.pk:
            lines.append(_("You are named as “%(role)s”, to whom it goes now.") % facts)
        elif decision.escalate_to_role:
            lines.append(_("It goes to “%(role)s” now, for which nobody is named.") % facts)
        _send(person, subject, lines, address)


def _ask(decision: Decision, person: Any, role: str, address: str) -> None:
    facts = _facts(decision) | {"who": called(decision.decided_by) or _("Somebody"), "role": role}
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
    _send(person, _("A decision waits for you: %(name)s") % facts, lines, address)


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


def _roles(approvals: Iterable[Approval]) -> list[tuple[Any, str]]:
    """Each person once, with all the roles that they approve as."""
    found: dict[int, tuple[Any, list[str]]] = {}
    for one in approvals:
        if one.person is not None:
            found.setdefault(one.person.pk, (one.person, []))[1].append(one.role)
    return [(person, "”, “".join(roles)) for person, roles in found.values()]


def _facts(decision: Decision) -> dict[str, str]:
    return {
        "name": decision.name,
        "title": decision.title,
        "outcome": decision.outcome,
    }


def _send(person: Any, subject: str, lines: Sequence[str], address: str) -> None:
    if person is None or not (person.is_active and person.email):
        return
    body = "\n".join([*filter(None, lines), "", address])
    line = " ".join(subject.split())[:MAX_SUBJECT_CHARS]
    send_mail(line, body, settings.DEFAULT_FROM_EMAIL, [person.email])
