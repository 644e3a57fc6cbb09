"""The mail to who is taken into a team; written with the change that it tells of."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.catalog.people import called
from knowledge.practice.teams.models import Membership, Team

MAX_SUBJECT_CHARS = 150


def welcome(*, team: Team, person: Any, role: str, by: Any) -> None:
    """Not to who took themselves in, nor to an account without an address."""
    if not person.email or person.pk == by.pk:
        return
    facts = {"who": called(by), "team": team.name}
    subject = " ".join((_("You are in the team %(team)s") % facts).split())
    lines = [
        (
            _("%(who)s has made you a lead of the team “%(team)s”.")
            if role == Membership.Role.LEAD
            else _("%(who)s has taken you into the team “%(team)s”.")
        )
        % facts,
        _("Here is what it works by, and what it has made. You may leave it there, too:"),
        f"{settings.PORTAL_BASE_URL}{reverse('teams:team', args=[team.slug])}",
    ]
    body = "\n".join(lines)
    send_mail(subject[:MAX_SUBJECT_CHARS], body, settings.DEFAULT_FROM_EMAIL, [person.email])
