"""Mails are kept with the change that they tell of, and sent by the worker: each once, none lost."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend as Server
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.governance.models import Letter
from knowledge.governance.services import letters, moderation
from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings) -> None:
    """As in production, with the mailbox of the tests for a mail server."""
    settings.PORTAL_MAIL_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "knowledge.governance.mail.KeptMail"


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    def _fail(error: BaseException) -> None:
        def send_messages(*_args: object) -> int:
            raise error

        monkeypatch.setattr(Server, "send_messages", send_messages)

    return _fail


def submitted() -> Artifact:
    page = ArtifactFactory(draft=True)
    moderation.submit(page=page, by=person("Editors"))
    return page


def test_a_mail_is_sent_as_it_was_written(committed: Callable) -> None:
    message = EmailMultiAlternatives(
        "Subject", "Text", "from@example.org", ["to@example.org"], headers={"X-Sort": "news"}
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    committed(message.send)
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.from_email) == ("Subject", "Text", "from@example.org")
    assert sent.recipients() == ["to@example.org"]
    assert sent.extra_headers == {"X-Sort": "news"}
    assert sent.alternatives[0][0] == "<p>Text</p>"
    assert not Letter.objects.exists()


@pytest.mark.parametrize("error", [ConnectionRefusedError(), SMTPServerDisconnected("timed out")])
def test_a_mail_server_that_is_away_hinders_nobody_and_gets_the_mail_later(
    home: Page, committed: Callable, fail: Callable, monkeypatch, error: Exception
) -> None:
    reviewer = person("Reviewers")
    fail(error)
    page = committed(submitted)
    assert page.current_workflow_state is not None
    assert mail.outbox == []
    monkeypatch.undo()
    letters.send_due(now=timezone.now() + timedelta(minutes=2))
    letters.send_due(now=timezone.now() + timedelta(minutes=2))
    told = [address for sent in mail.outbox for address in sent.recipients()]
    assert told.count(reviewer.email) == 1
    assert not Letter.objects.exists()


def test_a_worker_that_is_killed_while_it_sends_leaves_the_letter(fail, monkeypatch) -> None:
    send_mail("Subject", "Text", None, ["to@example.org"])
    fail(SystemExit())
    with pytest.raises(SystemExit):
        letters.send_due(now=timezone.now())
    monkeypatch.undo()
    assert letters.send_due(now=timezone.now()) == 1


def test_one_address_that_is_refused_does_not_hold_up_the_others(monkeypatch) -> None:
    real = Server.send_messages

    def picky(self: Server, messages: list) -> int:
        if messages[0].to == ["nobody@example.org"]:
            raise SMTPRecipientsRefused({"nobody@example.org": (550, b"unknown")})
        return real(self, messages)

    monkeypatch.setattr(Server, "send_messages", picky)
    send_mail("Subject", "Text", None, ["nobody@example.org"])
    send_mail("Subject", "Text", None, ["to@example.org"])
    letters.send_due(now=timezone.now())
    assert [sent.to for sent in mail.outbox] == [["to@example.org"]]
    waits = Letter.objects.get().next_try
    letters.send_due(now=timezone.now())
    assert Letter.objects.get().next_try == waits
    letters.send_due(now=timezone.now() + timedelta(days=5))
    assert not Letter.objects.exists()


def test_what_is_undone_is_not_told() -> None:
    from django.db import transaction

    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        send_mail("Subject", "Text", None, ["to@example.org"])
        raise Undo
    assert not Letter.objects.exists()
