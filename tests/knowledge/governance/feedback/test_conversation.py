"""Feedback as a conversation: what is meant, what the owner answers, what became of it."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.governance.errors import AnswerRefused
from knowledge.governance.models import Feedback
from knowledge.governance.sections import services as sections
from knowledge.governance.services import answers
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def artifact(home: Page):
    return ArtifactFactory(title="Hand over a shift")


@pytest.fixture
def editor(home: Page):
    return person("Editors")


@pytest.fixture
def rosa(home: Page):
    return person("Viewers", username="rosa")


@pytest.fixture
def send(client, artifact):
    def _send(**data):
        return client.post(reverse("governance:feedback", args=[artifact.pk]), data)

    return _send


def said_by(author, artifact, **fields) -> Feedback:
    given = {"version": "1.0", "sort": "suggestion", "text": "Step 2 lacks a command."}
    return Feedback.objects.create(page=artifact, author=author, **given | fields)


def respond(feedback, by, state="answered", text="Thank you, we look.", **fields) -> Feedback:
    return answers.answer(
        feedback=feedback, by=by, state=state, text=text, at=timezone.now(), **fields
    )


class TestSaying:
    def test_a_no_with_its_reason_and_the_passage(self, send) -> None:
        send(sort="not-helpful", reason="outdated", anchor="overview", text="Since May.")
        kept = Feedback.objects.get()
        assert (kept.reason, kept.anchor, kept.quote) == ("outdated", "overview", "Overview")

    def test_the_words_in_question_are_kept_with_what_stood_there(self, send) -> None:
        send(sort="suggestion", anchor="overview", quote="An overview.", text="Say more.")
        assert Feedback.objects.get().quote == "An overview."

    def test_a_passage_that_is_gone_keeps_its_words(self, send) -> None:
        answer = send(sort="suggestion", anchor="gone", quote="Old words.", text="Say more.")
        assert answer.status_code == 200
        kept = Feedback.objects.get()
        assert (kept.anchor, kept.quote) == ("", "Old words.")

    @pytest.mark.parametrize(
        "wrong", [{"reason": "none-such"}, {"quote": "a" * 501}, {"text": "a" * 2001}]
    )
    def test_what_cannot_be_is_refused_and_nothing_is_lost(self, send, wrong) -> None:
        answer = send(**{"sort": "suggestion", "text": "Say more.", **wrong})
        assert answer.status_code == 400
        assert not Feedback.objects.exists()
        if "text" not in wrong:
            assert "Say more." in answer.content.decode()

    def test_words_that_are_too_long_can_be_made_shorter(self, send) -> None:
        answer = send(sort="suggestion", text="Say more.", quote=f"{HOSTILE}{'a' * 500}")
        field = BeautifulSoup(answer.content, "html.parser").select_one("input[name=quote]")
        assert field.get("type") != "hidden"
        assert field["value"].startswith(HOSTILE)
        assert HOSTILE not in answer.content.decode()

    def test_the_form_offers_the_headings_of_the_page(self, client, artifact) -> None:
        assert (
            '<option value="overview">Overview</option>'
            in client.get(artifact.url).content.decode()
        )

    def test_without_a_name_though_logged_in(self, client, send, rosa) -> None:
        client.force_login(rosa)
        send(sort="suggestion", text="Say more.", nameless="on")
        assert Feedback.objects.get().author is None


class TestAnonymous:
    @pytest.fixture(autouse=True)
    def named_only(self, artifact):
        sections.let_anonymous_speak(
            section=artifact.get_parent(), by=person("Administrators"), allowed=False
        )

    def test_where_names_are_asked_for_an_anonymous_word_is_not_kept_nor_lost(self, send) -> None:
        answer = send(sort="suggestion", text=f"Say more. {HOSTILE}")
        assert answer.status_code == 403
        shown = answer.content.decode()
        assert "Say more." in shown
        assert HOSTILE not in shown
        assert "Log in" in shown
        assert not Feedback.objects.exists()

    def test_with_a_name_it_is(self, client, send, rosa) -> None:
        client.force_login(rosa)
        assert send(sort="suggestion", text="Say more.", nameless="on").status_code == 403
        assert send(sort="suggestion", text="Say more.").status_code == 200
        assert Feedback.objects.get().author == rosa

    def test_the_page_says_so(self, client, artifact) -> None:
        assert "log in first" in client.get(artifact.url).content.decode()


class TestAnswering:
    def test_the_author_reads_the_answer_in_a_mail_and_on_the_own_page(
        self, client, artifact, editor, rosa
    ) -> None:
        kept = respond(said_by(rosa, artifact), editor, text=f"Thanks. {HOSTILE}")

        (letter,) = mail.outbox
        assert letter.to == [rosa.email]
        assert "Thanks." in letter.body
        assert "Step 2 lacks a command." in letter.body
        client.force_login(rosa)
        shown = client.get(reverse("governance:mine")).content.decode()
        assert "Thanks." in shown
        assert HOSTILE not in shown
        assert kept.answered_by == editor

    def test_the_same_answer_again_is_not_mailed_again(self, artifact, editor, rosa) -> None:
        kept = said_by(rosa, artifact)
        respond(kept, editor)
        respond(kept, editor)
        assert len(mail.outbox) == 1

    def test_an_anonymous_word_is_answered_without_a_mail(self, artifact, editor) -> None:
        respond(said_by(None, artifact), editor)
        assert mail.outbox == []

    def test_whom_the_page_was_closed_to_hears_nothing_of_it(
        self, client, artifact, editor, rosa
    ) -> None:
        kept = said_by(rosa, artifact)
        editor.groups.add(group("Board"))
        close(artifact, group("Board"))
        respond(kept, editor)
        client.force_login(rosa)
        assert mail.outbox == []
        assert artifact.title not in client.get(reverse("governance:mine")).content.decode()

    @pytest.mark.parametrize("state", ["answered", "declined"])
    def test_without_words_nobody_is_answered(self, artifact, editor, state: str) -> None:
        with pytest.raises(AnswerRefused):
            respond(said_by(None, artifact), editor, state=state, text="  ")

    @pytest.mark.parametrize("role", ["", "Viewers", "Contributors", "Auditors"])
    def test_who_does_not_look_after_the_page_answers_nothing(self, artifact, role) -> None:
        with pytest.raises(PermissionDenied):
            respond(said_by(None, artifact), person(role))

    def test_an_owner_answers_in_the_own_section_only(self, artifact) -> None:
        mine = CategoryFactory(slug="mine")
        owner, chief = person(), person("Administrators")
        sections.appoint(section=mine, by=chief, user=owner)
        owner = type(owner).objects.get(pk=owner.pk)
        respond(said_by(None, ArtifactFactory(parent=mine)), owner)
        with pytest.raises(PermissionDenied):
            respond(said_by(None, artifact), owner)


class TestWhatChanged:
    def test_what_was_done_stands_on_the_artifact_without_names(
        self, client, artifact, editor, rosa, committed
    ) -> None:
        client.get(artifact.url)
        kept = said_by(rosa, artifact)
        committed(
            lambda: respond(kept, editor, state="done", text=f"The command is there. {HOSTILE}")
        )
        shown = client.get(artifact.url).content.decode()
        assert "What changed because of you" in shown
        assert "The command is there." in shown
        assert "Version 1.0" in shown
        assert HOSTILE not in shown
        assert "rosa" not in shown

    def test_a_version_that_is_not_there_is_refused(self, artifact, editor) -> None:
        with pytest.raises(AnswerRefused):
            respond(said_by(None, artifact), editor, state="done", done_in="9.9")

    def test_what_is_only_answered_does_not_stand_there(self, client, artifact, editor) -> None:
        respond(said_by(None, artifact), editor)
        assert "What changed because of you" not in client.get(artifact.url).content.decode()


class TestAdmin:
    def test_the_form_answers_and_tells(self, client, artifact, editor, rosa) -> None:
        kept = said_by(rosa, artifact, quote=HOSTILE)
        client.force_login(editor)
        url = reverse("governance_feedback_modeladmin_edit", args=[kept.pk])
        shown = client.get(url).content.decode()
        assert "Step 2 lacks a command." in shown
        assert HOSTILE not in shown

        client.post(url, {"state": "done", "answer": "It is there now.", "done_in": ""})

        kept.refresh_from_db()
        assert (kept.state, kept.done_in, kept.text) == ("done", "1.0", "Step 2 lacks a command.")
        assert len(mail.outbox) == 1

    def test_a_fault_is_told_at_its_field_and_nothing_is_lost(
        self, client, artifact, editor
    ) -> None:
        kept = said_by(None, artifact)
        client.force_login(editor)
        url = reverse("governance_feedback_modeladmin_edit", args=[kept.pk])
        answer = client.post(url, {"state": "done", "answer": "There.", "done_in": "7.7"})
        shown = answer.content.decode()
        assert "There is no version 7.7" in shown
        assert "There." in shown
        kept.refresh_from_db()
        assert kept.state == "open"


def test_the_own_page_is_paged_and_costs_the_same_for_any_number(
    client, artifact, rosa, django_assert_max_num_queries
) -> None:
    client.force_login(rosa)
    for _ in range(25):
        said_by(rosa, artifact)
    with django_assert_max_num_queries(12):
        first = client.get(reverse("governance:mine")).content.decode()
    assert first.count("Step 2 lacks") == 20
    second = client.get(reverse("governance:mine"), {"page": 2}).content.decode()
    assert second.count("Step 2 lacks") == 5


def test_nobody_reads_what_others_said(client, artifact, rosa) -> None:
    said_by(person(), artifact)
    client.force_login(rosa)
    assert "Step 2 lacks" not in client.get(reverse("governance:mine")).content.decode()
    client.logout()
    assert client.get(reverse("governance:mine")).status_code == 302
