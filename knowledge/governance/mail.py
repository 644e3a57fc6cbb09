"""Mail in the full mode: kept in the database, sent by the worker.

Neither a person who submits or approves nor what they do waits for a mail server or fails with it,
and what it does not take now it is offered again. Embedded, mails go straight to the console.
"""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from knowledge.catalog.services import queueing
from knowledge.governance.models import Letter


class KeptMail(BaseEmailBackend):
    """For EMAIL_BACKEND. Files cannot be attached: none of the portal's mails has any."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        letters = Letter.objects.bulk_create([_letter(one) for one in email_messages])
        transaction.on_commit(_send_soon, robust=True)
        return len(letters)


def _letter(message: EmailMessage) -> Letter:
    html = ""
    if isinstance(message, EmailMultiAlternatives):
        html = next((str(one[0]) for one in message.alternatives if one[1] == "text/html"), "")
    return Letter(
        subject=str(message.subject),
        text=str(message.body),
        html=html,
        sender=message.from_email,
        recipients=message.recipients(),
        headers=dict(message.extra_headers),
    )


def _send_soon() -> None:
    from knowledge.governance.tasks import send_letters

    # When the queue does not take it, the next round of the task finds the letters.
    queueing.hand_over(send_letters)
