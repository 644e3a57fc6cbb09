"""Readers speak, owners hear; nobody else is troubled."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from kombu import Connection
from wagtail.models import Page

from knowledge.catalog.services import queueing
from knowledge.governance import tasks
from knowledge.governance.models import Feedback
from knowledge.governance.services import feedback
from knowledge.governance.throttle import client_address
from knowledge.governance.views import feedback as views
from tests.factories import ArtifactFactory, UserFactory, close, group, person
from tests.silent import silent_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def artifact(home: Page):
    return ArtifactFactory(title="Hand over a shift")


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    def _send(artifact, headers=None, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                reverse("governance:feedback", args=[artifact.pk]), data, headers=headers or {}
            )

    return _send


def test_a_suggestion_is_kept_and_mailed_to_the_owner(send, artifact) -> None:
    answer = send(artifact, sort="suggestion", text="Step 2 lacks a command.")

    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    kept = Feedback.objects.get()
    assert (kept.text, kept.version, kept.author) == ("Step 2 lacks a command.", "1.0", None)
    (letter,) = mail.outbox
    assert letter.to == [artifact.owner_user.email]
    assert "Step 2 lacks a command." in letter.body
    assert artifact.url in letter.body


def test_a_person_who_is_logged_in_gives_the_name_with_it(send, artifact, client) -> None:
    reader = UserFactory(username="rosa")
    client.force_login(reader)

    send(artifact, sort="not-helpful", text="")

    assert Feedback.objects.get().author == reader
    assert "Rosa" in mail.outbox[0].body


def test_a_plain_yes_is_counted_without_a_mail(send, artifact) -> None:
    send(artifact, sort="helpful")
    assert Feedback.objects.count() == 1
    assert mail.outbox == []


def test_every_active_member_of_an_owning_group_hears_of_it(send, home: Page) -> None:
    owners = group("Operations")
    one, two = person("Operations"), person("Operations")
    person("Operations", is_active=False)
    person("Operations", email="")

    send(ArtifactFactory(owner_user=None, owner_group=owners), sort="not-helpful")

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([one.email, two.email])


def test_a_suggestion_without_words_is_asked_for_and_what_was_typed_stays(send, artifact) -> None:
    answer = send(artifact, sort="suggestion", text="   ")
    assert answer.status_code == 400
    assert "Say what should change." in answer.content.decode()

    answer = send(artifact, sort="suggestion", text="x" * 2001)
    assert answer.status_code == 400
    assert "x" * 2001 in answer.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("data", [{}, {"sort": "praise"}, {"sort": "helpful", "text": "a\x00b"}])
def test_what_is_no_form_of_ours_is_refused_without_a_fault(send, artifact, data) -> None:
    assert send(artifact, **data).status_code == 400
    assert not Feedback.objects.exists()


def test_markup_is_shown_as_text_when_the_form_comes_again(send, artifact) -> None:
    html = send(
        artifact, sort="praise", text="</textarea><script>alert(1)</script>"
    ).content.decode()
    assert "<script>alert(1)" not in html


def test_the_trap_thanks_a_program_and_keeps_nothing(send, artifact) -> None:
    answer = send(artifact, sort="suggestion", text="Buy this", website="https://example.com")
    assert answer.status_code == 200
    assert not Feedback.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_form_on_another_site_cannot_speak_for_a_reader(send, artifact, headers, status) -> None:
    assert send(artifact, headers=headers, sort="helpful").status_code == status
    assert Feedback.objects.exists() == (status == 200)


def test_too_much_in_an_hour_is_refused_in_words(send, artifact, monkeypatch) -> None:
    monkeypatch.setattr(views, "LIMIT_PER_HOUR", 2)
    statuses = [send(artifact, sort="helpful").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert "try again later" in send(artifact, sort="helpful").content.decode()
    assert Feedback.objects.count() == 2


def test_a_closed_page_or_a_draft_takes_no_feedback(send, artifact) -> None:
    close(artifact)
    assert send(artifact, sort="helpful").status_code == 404
    assert send(ArtifactFactory(draft=True), sort="helpful").status_code == 404


def test_reading_the_address_is_not_allowed(artifact, client) -> None:
    assert client.get(reverse("governance:feedback", args=[artifact.pk])).status_code == 405


class TestDelivery:
    @pytest.mark.parametrize("listens", [True, False])
    def test_a_broker_that_is_away_or_hangs_is_asked_once_and_the_sweep_delivers(
        self, artifact, send, monkeypatch, listens: bool
    ) -> None:
        app = tasks.deliver_feedback.app
        with silent_server() as broker, monkeypatch.context() as patch:
            address = f"redis://{broker.netloc if listens else '127.0.0.1:9'}/0"
            patch.setattr(app.conf, "task_always_eager", False)
            patch.setattr(app, "connection_for_write", lambda: Connection(address))
            patch.setattr(queueing._Broker, "quiet_until", 0.0)
            for _ in range(3):
                assert send(artifact, sort="suggestion", text="An example.").status_code == 200
            assert broker.callers() <= 2  # the client tries a connection twice
            assert mail.outbox == []
        Feedback.objects.exclude(pk=Feedback.objects.first().pk).delete()
        Feedback.objects.update(created_at=timezone.now() - timedelta(minutes=10))

        tasks.deliver_waiting_feedback.delay()
        tasks.deliver_waiting_feedback.delay()

        assert len(mail.outbox) == 1

    def test_a_mail_server_that_is_away_leaves_it_waiting(self, artifact, monkeypatch) -> None:
        kept = Feedback.objects.create(
            page=artifact, version="1.0", sort="suggestion", text="More."
        )

        def away(*_args, **_kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr(feedback, "send_mail", away)
        with pytest.raises(ConnectionRefusedError):
            feedback.deliver(feedback_id=kept.pk, now=timezone.now())
        monkeypatch.undo()

        assert feedback.deliver(feedback_id=kept.pk, now=timezone.now()) == 1
        assert feedback.deliver(feedback_id=kept.pk, now=timezone.now()) == 0
        assert len(mail.outbox) == 1

    def test_a_worker_that_is_killed_while_it_mails_leaves_the_feedback_waiting(
        self, artifact, monkeypatch
    ) -> None:
        kept = Feedback.objects.create(page=artifact, version="1.0", sort="suggestion", text="Now.")

        def killed(*_args, **_kwargs):
            raise SystemExit  # nothing after it runs, as after SIGKILL; the database rolls back

        with monkeypatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr(feedback, "send_mail", killed)
            feedback.deliver(feedback_id=kept.pk, now=timezone.now())

        assert not Feedback.objects.filter(mailed_at__isnull=False).exists()
        assert feedback.deliver(feedback_id=kept.pk, now=timezone.now()) == 1

    def test_a_title_cannot_add_lines_to_the_head_of_a_mail(self, artifact) -> None:
        artifact.title = "Shift\nBcc: all@example.org"
        artifact.save()
        kept = Feedback.objects.create(page=artifact, version="1.0", sort="not-helpful")

        feedback.deliver(feedback_id=kept.pk, now=timezone.now())

        assert mail.outbox[0].subject == "Feedback on Shift Bcc: all@example.org"

    def test_the_sweep_leaves_alone_what_is_fresh_old_or_no_news(self, artifact) -> None:
        now = timezone.now()
        for sort, text, age in [
            ("helpful", "", timedelta(hours=1)),
            ("suggestion", "Fresh", timedelta(0)),
            ("suggestion", "Old", timedelta(days=30)),
        ]:
            one = Feedback.objects.create(page=artifact, version="1.0", sort=sort, text=text)
            Feedback.objects.filter(pk=one.pk).update(created_at=now - age)
        assert feedback.waiting(now=now) == []


class TestClientAddress:
    def request(self, forwarded: str):
        request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")
        request.user = AnonymousUser()
        if forwarded:
            request.META["HTTP_X_FORWARDED_FOR"] = forwarded
        return request

    def test_without_proxies_a_forwarded_header_is_not_believed(self) -> None:
        assert client_address(self.request("192.0.2.7")) == "10.0.0.1"

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "address"),
        [
            (1, "192.0.2.7", "192.0.2.7"),
            (1, "198.51.100.9, 192.0.2.7", "192.0.2.7"),
            (2, "198.51.100.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
            (2, "192.0.2.7", "10.0.0.1"),
            (1, "", "10.0.0.1"),
        ],
    )
    def test_behind_proxies_the_address_that_they_saw_counts(
        self, settings, proxies: int, forwarded: str, address: str
    ) -> None:
        settings.PORTAL_TRUSTED_PROXIES = proxies
        assert client_address(self.request(forwarded)) == address
