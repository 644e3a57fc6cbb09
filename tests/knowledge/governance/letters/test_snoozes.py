"""A review that has to wait: with a reason, for a while, known to the owner of the section."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from knowledge.governance.errors import ReviewRefused
from knowledge.governance.models import ReviewSnooze
from knowledge.governance.reviewing.models import SectionRule
from knowledge.governance.selectors import due
from knowledge.governance.selectors.snoozes import of as snoozes_of
from knowledge.governance.services import reviews, snoozes
from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def later(days: int):
    return TODAY + timedelta(days=days)


@pytest.fixture
def due_page(home: Page):
    return ArtifactFactory(overdue=True, title="Restore a backup")


@pytest.fixture
def reviewer(home: Page):
    return person("Reviewers")


def put_off(
    page, by, days: int = 20, reason: str = "The vendor answers next week."
) -> ReviewSnooze:
    return snoozes.snooze(page=page, by=by, until=later(days), reason=reason, on=TODAY)


def test_reminders_wait_and_readers_see_no_difference(due_page, reviewer) -> None:
    owner = due_page.owner_user_id
    assert due.by_person(TODAY)[owner][0].next_review == due_page.next_review
    put_off(due_page, reviewer)
    due_page.refresh_from_db()

    assert due_page.trust.value == "due"
    assert owner not in due.by_person(TODAY)
    (one,) = due.by_person(later(20))[owner]
    assert (one.stage, one.next_review) == ("due", later(20))
    entry = PageLogEntry.objects.get(action="governance.snooze")
    assert entry.data["reason"] == "The vendor answers next week."


def test_what_is_sent_twice_is_put_off_once(due_page, reviewer, mailoutbox) -> None:
    assert put_off(due_page, reviewer) == put_off(due_page, reviewer)
    assert ReviewSnooze.objects.count() == 1
    assert not mailoutbox


def test_what_cannot_wait_is_not_offered_to_wait(client, due_page, reviewer, home) -> None:
    client.force_login(reviewer)
    far = ArtifactFactory(next_review=later(200), last_reviewed=TODAY)
    for page, offered in ((due_page, True), (far, False), (ArtifactFactory(), False)):
        shown = client.get(reverse("artifact_confirm", args=[page.pk])).content.decode()
        assert ("Put the review off" in shown) is offered
    refused = client.post(
        reverse("artifact_snooze", args=[far.pk]), {"until": later(10), "reason": "A"}
    )
    assert "There is no review to put off." in refused.content.decode()


def test_the_history_tells_what_was_said(client, due_page, reviewer) -> None:
    put_off(due_page, reviewer, reason="The <b>vendor</b> answers.")
    reviews.confirm(page=due_page, by=reviewer, on=TODAY, note="Tried it <i>twice</i>.")
    client.force_login(reviewer)
    history = client.get(reverse("wagtailadmin_pages:history", args=[due_page.pk]))
    shown = history.content.decode()
    assert "The &lt;b&gt;vendor&lt;/b&gt; answers." in shown
    assert "Tried it &lt;i&gt;twice&lt;/i&gt;." in shown


@pytest.mark.parametrize(
    ("days", "reason"), [(0, "Later."), (-1, "Later."), (61, "Later."), (10, "  ")]
)
def test_what_is_out_of_bounds_is_refused(due_page, reviewer, days: int, reason: str) -> None:
    with pytest.raises(ReviewRefused):
        put_off(due_page, reviewer, days, reason)
    assert not ReviewSnooze.objects.exists()


def test_the_owner_of_the_section_is_told_and_then_decides(due_page, reviewer, mailoutbox) -> None:
    holder = person("Reviewers", first_name="Hedda", last_name="Holt")
    SectionRule.objects.create(page=due_page.get_parent(), holder_user=holder)
    put_off(due_page, reviewer, 10)
    assert mailoutbox == []
    put_off(due_page, reviewer, 20)
    (mail,) = mailoutbox
    assert mail.to == [holder.email]
    assert "Restore a backup" in mail.subject
    assert reverse("artifact_confirm", args=[due_page.pk]) in mail.body

    with pytest.raises(ReviewRefused, match="Hedda Holt"):
        put_off(due_page, reviewer, 30)
    put_off(due_page, holder, 30)


def test_a_confirmed_review_begins_anew(due_page, reviewer) -> None:
    put_off(due_page, reviewer)
    put_off(due_page, reviewer)
    reviews.confirm(page=due_page, by=reviewer, on=TODAY)
    assert not list(snoozes_of(due_page))


def test_only_who_may_publish(due_page) -> None:
    with pytest.raises(PermissionDenied):
        put_off(due_page, person("Contributors"))


def test_the_page_of_the_mail_offers_both_and_keeps_what_was_typed(
    due_page, reviewer, client
) -> None:
    put_off(due_page, reviewer, 10, "<b>Busy</b>")
    client.force_login(reviewer)
    confirm = client.get(reverse("artifact_confirm", args=[due_page.pk])).content.decode()
    assert "Yes, it still holds" in confirm
    assert "&lt;b&gt;Busy&lt;/b&gt;" in confirm
    address = reverse("artifact_snooze", args=[due_page.pk])
    assert client.get(address).status_code == 302
    refused = client.post(address, {"until": later(90), "reason": "Too long"}).content.decode()
    assert "Choose a day after" in refused
    assert "Too long" in refused
    client.post(address, {"until": later(15), "reason": "Fine"})
    assert ReviewSnooze.objects.filter(reason="Fine", by=reviewer).exists()
    client.force_login(person("Contributors"))
    assert client.post(address, {"until": later(15), "reason": "No"}).status_code in (302, 403)
    assert not ReviewSnooze.objects.filter(reason="No").exists()
