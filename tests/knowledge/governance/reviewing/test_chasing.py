"""Mails about waiting steps: when, to whom, once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import Page

from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.reviewing import tasks
from knowledge.governance.reviewing.models import (
    Absence,
    Assignment,
    DecisionRightTask,
    PeerReviewTask,
    QualityGateTask,
    SectionRule,
)
from knowledge.governance.reviewing.services import assignments, chasing
from knowledge.governance.services import moderation
from tests.factories import CategoryFactory, UserFactory, group, person
from tests.knowledge.governance.reviewing.helpers import by_groups, step_of, submitted, workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(home: Page) -> Page:
    section = CategoryFactory(title="Operations")
    step = by_groups(
        EditorialReviewTask, "Editorial", group("Reviewers"), due_days=3, escalate_after_days=4
    )
    workflow(section, step)
    return section


@pytest.fixture
def author(home: Page):
    return person("Contributors")


@pytest.fixture
def reviewer(home: Page):
    return person("Reviewers")


@pytest.fixture
def page(section, author):
    page = submitted(author, section, title="Hand over a shift")
    mail.outbox.clear()
    return page


def after(days: int, hour: int = 9) -> datetime:
    """That many days after the due day of what was just submitted."""
    due = timezone.localdate() + timedelta(days=3 + days)
    return datetime(due.year, due.month, due.day, hour, tzinfo=ZoneInfo("Europe/London"))


def round_of(now: datetime) -> dict[str, str]:
    """One round of beat: what each person got."""
    mail.outbox.clear()
    for person_id in chasing.waiting(now=now):
        chasing.deliver(person_id=person_id, now=now)
    assert all(len(letter.to) == 1 for letter in mail.outbox)
    got = {letter.to[0]: letter.body for letter in mail.outbox}
    assert len(got) == len(mail.outbox)
    return got


def test_reviewers_hear_before_and_after_the_day_once(page, reviewer, author) -> None:
    other = person("Reviewers")
    for unconcerned in ("Editors", "Viewers"):
        person(unconcerned)
    both = {reviewer.email, other.email}

    assert round_of(after(-2)) == {}
    assert round_of(after(-1, hour=5)) == {}
    soon = round_of(after(-1))
    assert set(soon) == both
    assert "Due soon" in soon[reviewer.email]
    assert f"/admin/review-queue/{step_of(page).pk}/" in soon[reviewer.email]
    assert round_of(after(-1, hour=10)) == {}
    assert round_of(after(0)) == {}
    late = round_of(after(1))
    assert set(late) == both
    assert "Overdue" in late[other.email]
    assert round_of(after(2)) == {}


def test_who_has_claimed_it_hears_alone_and_the_deputy_too(page, reviewer) -> None:
    deputy, third = person("Reviewers"), person("Reviewers")
    assignments.claim(state_id=step_of(page).pk, by=reviewer, at=timezone.now())
    assert set(round_of(after(-1))) == {reviewer.email}
    day = after(1).date()
    Absence.objects.create(person=reviewer, deputy=deputy, first_day=day, last_day=day)

    assert set(round_of(after(1))) == {reviewer.email, deputy.email}
    assert third.email not in round_of(after(2))


def test_long_overdue_reaches_the_owner_of_the_section(page, section, reviewer) -> None:
    owner = person("Editors")
    SectionRule.objects.create(page=section, holder_user=owner)
    round_of(after(1))

    assert round_of(after(3)) == {}
    told = round_of(after(4))
    assert set(told) == {owner.email}
    assert "Long overdue in your section" in told[owner.email]
    assert f"/admin/pages/{page.pk}/edit/" in told[owner.email]
    assert round_of(after(5)) == {}


def test_where_nobody_owns_the_section_administrators_hear(page) -> None:
    administrator = person("Administrators")
    assert set(round_of(after(4))) == {administrator.email}


def test_all_of_a_day_comes_in_one_mail_and_another_day_begins_anew(
    page, section, author, reviewer
) -> None:
    second = submitted(author, section, title="Call the bridge")
    one = round_of(after(1))[reviewer.email]
    assert "Hand over a shift" in one
    assert "Call the bridge" in one

    day = after(9).date()
    assignments.plan(state_id=step_of(second).pk, due_on=day, priority=1, by=reviewer)
    assert round_of(after(2)) == {}
    again = round_of(after(8))[reviewer.email]
    assert again.index("Call the bridge") < again.index("You know of these already")
    assert again.index("You know of these already") < again.index("Hand over a shift")


def test_what_is_decided_is_not_chased(page, reviewer) -> None:
    moderation.return_to_author(page=page, by=reviewer, reason="Shorter.")
    assert round_of(after(1)) == {}


def test_who_may_do_everything_is_not_reminded_of_everything(page) -> None:
    superuser = UserFactory(administrator=True)
    assert superuser.email not in round_of(after(1))
    Assignment.objects.update(assignee=superuser)
    assert superuser.email in round_of(after(2))


def test_beat_may_run_twice(page, reviewer) -> None:
    Assignment.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    tasks.chase_person(reviewer.pk)
    tasks.chase_person(reviewer.pk)
    tasks.chase()
    tasks.chase()
    assert [one.to for one in mail.outbox if one.to == [reviewer.email]] == [[reviewer.email]]
    assert chasing.deliver(person_id=0, now=timezone.now()) == 0


def test_each_sort_of_step_tells_those_who_decide_it(home: Page, author) -> None:
    section = CategoryFactory(title="Product")
    owner, keeper, peer = person("Editors"), person("Quality"), person("Contributors")
    SectionRule.objects.create(page=section, holder_user=owner)
    for step, expected in (
        (DecisionRightTask.objects.create(name="Owner"), {owner.email}),
        (by_groups(QualityGateTask, "Gate", group("Quality"), points="True?"), {keeper.email}),
        (PeerReviewTask.objects.create(name="Peer"), {owner.email, peer.email}),
    ):
        workflow(section, step)
        mail.outbox.clear()
        submitted(author, section)
        assert {one for letter in mail.outbox for one in letter.to} == expected, step
