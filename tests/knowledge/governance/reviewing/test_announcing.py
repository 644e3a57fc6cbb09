"""The mails about a step: who gets them, and where they lead."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.governance.reviewing.models import DecisionRightTask, PeerReviewTask, SectionRule
from knowledge.governance.reviewing.services import absences
from knowledge.governance.services import moderation
from tests.factories import CategoryFactory, person
from tests.knowledge.governance.reviewing.helpers import step_of, submitted, workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(home: Page) -> Page:
    return CategoryFactory(title="Operations")


@override_settings(WAGTAILADMIN_BASE_URL="https://portal.example.org")
def test_the_mail_leads_to_the_decision_and_says_until_when(section) -> None:
    author, peer = person("Contributors"), person("Contributors")
    workflow(section, PeerReviewTask.objects.create(name="A look", due_days=2))

    page = submitted(author, section, title="Hand over <a> shift")

    letter = next(one for one in mail.outbox if one.to == [peer.email])
    day = timezone.localdate() + timedelta(days=2)
    assert letter.subject == "“Hand over <a> shift” waits for a decision: A look"
    assert reverse("review_desk", args=[step_of(page).pk]) in letter.body
    assert "https://portal.example.org/admin/" in letter.body
    assert f"due on {day.day} " in letter.body


@override_settings(WAGTAILADMIN_BASE_URL="https://portal.example.org")
def test_the_author_is_led_to_the_draft_and_in_the_end_to_the_page(section) -> None:
    author, peer = person("Contributors"), person("Contributors")
    workflow(section, PeerReviewTask.objects.create(name="A look"))
    page = submitted(author, section, title="Hand over a shift")
    mail.outbox.clear()

    page = moderation.return_to_author(page=page, by=peer, reason="Who's on call?")

    letter = mail.outbox.pop()
    assert letter.to == [author.email]
    assert letter.subject == "“Hand over a shift” was returned to you: A look"
    assert "Who's on call?" in letter.body
    assert "https://portal.example.org/admin/pages/" in letter.body

    moderation.submit(page=page, by=author)
    mail.outbox.clear()
    page = moderation.approve(page=page, by=peer)

    letter = next(one for one in mail.outbox if one.to == [author.email])
    assert letter.subject == "“Hand over a shift” was approved"
    assert f"https://portal.example.org{page.url}" in letter.body


def test_an_auditor_is_not_asked_and_not_given_anything(section, client) -> None:
    author, auditor = person("Contributors"), person("Auditors")
    person("Contributors")
    workflow(section, PeerReviewTask.objects.create(name="A look"))
    page = submitted(author, section)

    assert auditor.email not in {to for one in mail.outbox for to in one.to}
    client.force_login(auditor)
    assert page.title not in client.get(reverse("review_queue")).content.decode()
    desk = client.get(reverse("review_desk", args=[step_of(page).pk])).content.decode()
    assert "Auditors read and change nothing." in desk
    assert "Return with a reason" not in desk


def test_the_deputy_of_an_absent_owner_hears_of_it_at_once(section) -> None:
    author, owner, deputy = person("Contributors"), person("Editors"), person("Reviewers")
    SectionRule.objects.create(page=section, holder_user=owner)
    workflow(section, DecisionRightTask.objects.create(name="The owner decides"))
    today = timezone.localdate()
    absences.announce(by=owner, deputy=deputy, first_day=today, last_day=today, today=today)

    submitted(author, section)

    assert sorted(to for one in mail.outbox for to in one.to) == sorted([owner.email, deputy.email])


def test_an_auditor_stands_in_for_nobody(section, client) -> None:
    auditor, reviewer = person("Auditors"), person("Reviewers")
    client.force_login(reviewer)
    today = timezone.localdate().isoformat()
    form = {"deputy": auditor.pk, "first_day": today, "last_day": today}

    answer = client.post(reverse("review_absences"), form).content.decode()

    assert "not one of the available choices" in answer
