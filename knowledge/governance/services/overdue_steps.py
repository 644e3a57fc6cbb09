"""The mail that a step of a run should have been done by now."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

MAX_SUBJECT_CHARS = 150


def mail(*, run: Any, step: Any, people: Iterable[Any], address: str) -> None:
    """One letter each. Called within the transaction that notes that they were told."""
    facts = {
        "step": step.title,
        "run": run.name,
        "title": run.title,
        "moment": date_format(timezone.localtime(step.deadline), "j F Y, H:i"),
    }
    subject = " ".join((_("Time is up: %(step)s, in “%(run)s”") % facts).split())
    lines = [
        _("“%(step)s” was to be done by %(moment)s and is not.") % facts,
        _("It belongs to the run “%(run)s” of “%(title)s”.") % facts,
        "",
        _("Do it, note why it waits, or hand it to somebody else:"),
        f"{address}#step-{step.pk}",
    ]
    for person in people:
        if person.email:
            send_mail(
                subject[:MAX_SUBJECT_CHARS],
                "\n".join(lines),
                settings.DEFAULT_FROM_EMAIL,
                [person.email],
            )
