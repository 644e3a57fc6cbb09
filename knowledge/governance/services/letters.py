"""Sends the letters that wait, each once; what is not taken is offered again, ever more seldom."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from knowledge.governance.models import Letter

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(minutes=1)
LAST_DELAY = timedelta(hours=4)
# What is older is no news any more.
GIVE_UP_AFTER = timedelta(days=4)


def send_due(*, now: datetime) -> int:
    """Send what is due; how many were taken. It stops at the first that is not.

    A letter is deleted in the transaction in which it is sent: a worker that is killed meanwhile
    leaves it there, and two workers never send the same.
    """
    Letter.objects.filter(created_at__lt=now - GIVE_UP_AFTER).delete()
    sent = 0
    while _send_next(now):
        sent += 1
    return sent


@transaction.atomic
def _send_next(now: datetime) -> bool:
    due = Letter.objects.filter(next_try__lte=now).order_by("next_try", "pk")
    letter = due.select_for_update(skip_locked=True).first()
    if letter is None:
        return False
    try:
        _message(letter).send()
    except (OSError, SMTPException) as error:
        log.warning("letter.not_taken id=%s: %s", letter.pk, error)
        letter.next_try = now + min(FIRST_DELAY * 2 ** min(letter.attempts, 10), LAST_DELAY)
        letter.attempts += 1
        letter.save(update_fields=["next_try", "attempts"])
        return _is_about_one(error)
    letter.delete()
    return True


def _is_about_one(error: Exception) -> bool:
    """Whether the server answers, and refused only this letter: then the others may go on."""
    return hasattr(error, "recipients")


def _message(letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        letter.sender,
        letter.recipients,
        headers=letter.headers,
        connection=get_connection(settings.PORTAL_MAIL_BACKEND),
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message
