"""Who has a waiting step, until when, and what becomes of it when the person or the page goes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from knowledge.governance.errors import ModerationRefused
from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.reviewing.errors import AbsenceRefused, Claimed, NoReviewer, NotWaiting
from knowledge.governance.reviewing.models import (
    Assignment,
    DecisionRightTask,
    SectionRule,
    SecurityReviewTask,
)
from knowledge.governance.reviewing.services import absences, assignments
from knowledge.governance.services import moderation
from tests.factories import CategoryFactory, group, person
from tests.knowledge.governance.reviewing.helpers import (
    by_groups,
    queue,
    step_of,
    submitted,
    workflow,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def section(home: Page) -> Page:
    section = CategoryFactory(title="Operations")
    workflow(section, by_groups(EditorialReviewTask, "Editorial", group("Reviewers"), due_days=3))
    return section


@pytest.fixture
def author(home: Page):
    return person("Contributors")


@pytest.fixture
def reviewer(home: Page):
    return person("Reviewers", first_name="Mira", last_name="Novak")


@pytest.fixture
def page(section, author):
    return submitted(author, section)


def row_of(page) -> Assignment:
    return Assignment.objects.get(page=page.pk)


def test_what_is_submitted_is_due_as_the_step_says(page) -> None:
    row = row_of(page)
    assert row.due_on == timezone.localdate() + timedelta(days=3)
    assert row.priority == Assignment.Priority.NORMAL
    assert row.assignee is None


def test_a_claim_keeps_others_from_deciding_until_they_take_over(page, reviewer) -> None:
    other, state = person("Reviewers"), step_of(page).pk
    assignments.claim(state_id=state, by=reviewer, at=NOW)

    with pytest.raises(Claimed, match="Mira Novak has claimed this"):
        assignments.claim(state_id=state, by=other, at=NOW)
    with pytest.raises(ModerationRefused, match="Mira Novak has claimed this"):
        moderation.approve(page=page, by=other)
    assignments.claim(state_id=state, by=other, at=NOW, take_over=True)
    assert moderation.approve(page=page, by=other).live

    said = PageLogEntry.objects.filter(action="governance.claim").order_by("timestamp")
    assert [(one.user, one.data["before"]) for one in said] == [
        (reviewer, ""),
        (other, "Mira Novak"),
    ]


def test_a_claim_is_released_and_assigned_among_reviewers_only(page, reviewer, author) -> None:
    other, state = person("Reviewers"), step_of(page).pk
    assignments.assign(state_id=state, to=other, by=reviewer, at=NOW)
    assert row_of(page).assignee == other
    assert set(assignments.candidates(row_of(page))) == {other, reviewer}
    for outsider in (author, person("Editors"), person("Viewers")):
        with pytest.raises(NoReviewer):
            assignments.assign(state_id=state, to=outsider, by=reviewer, at=NOW)
        for refused in (
            lambda by: assignments.claim(state_id=state, by=by, at=NOW, take_over=True),
            lambda by: assignments.release(state_id=state, by=by),
            lambda by: assignments.assign(state_id=state, to=other, by=by, at=NOW),
            lambda by: assignments.plan(state_id=state, due_on=date.today(), priority=1, by=by),
        ):
            with pytest.raises(ModerationRefused):
                refused(outsider)
    assert row_of(page).assignee == other

    assignments.release(state_id=state, by=other)
    assert row_of(page).assignee is None


def test_the_day_and_the_rank_are_moved(page, reviewer) -> None:
    day = timezone.localdate() + timedelta(days=9)
    assignments.plan(state_id=step_of(page).pk, due_on=day, priority=1, by=reviewer)

    assert (row_of(page).due_on, row_of(page).get_priority_display()) == (day, "Urgent")
    assert PageLogEntry.objects.get(action="governance.plan").data["priority"] == "Urgent"


def test_of_many_those_are_claimed_that_are_still_to_be_had(section, author, reviewer) -> None:
    pages = [submitted(author, section) for _number in range(3)]
    ids = [step_of(one).pk for one in pages]
    assignments.claim(state_id=ids[0], by=person("Reviewers", first_name="Ana"), at=NOW)
    moderation.return_to_author(page=pages[1], by=reviewer, reason="Shorter.")

    done, refusals = assignments.claim_many(state_ids=[*ids, ids[2], 0], by=reviewer, at=NOW)

    assert done == 1
    assert row_of(pages[2]).assignee == reviewer
    assert len(refusals) == 3
    assert "Ana" in refusals[0]
    assert "does not wait any more" in refusals[1]


@pytest.mark.parametrize("leaves", ["closed", "deleted"])
def test_who_leaves_lets_go(page, reviewer, leaves: str) -> None:
    assignments.claim(state_id=step_of(page).pk, by=reviewer, at=NOW)
    if leaves == "deleted":
        reviewer.delete()
    else:
        reviewer.is_active = False
        reviewer.save()

    row = row_of(page)
    assert (row.assignee, row.claimed_at) == (None, None)
    released = PageLogEntry.objects.get(action="governance.release")
    assert released.data["before"] == "Mira Novak"


def test_a_step_that_ends_in_any_way_waits_no_longer(section, author, reviewer) -> None:
    cancelled, deleted, returned = (submitted(author, section) for _number in range(3))
    states = [step_of(one).pk for one in (cancelled, deleted, returned)]
    cancelled.current_workflow_state.cancel(user=author)
    deleted.delete()
    moderation.return_to_author(page=returned, by=reviewer, reason="Shorter.")

    assert not Assignment.objects.exists()
    for state in states:
        with pytest.raises(NotWaiting, match="does not wait any more"):
            assignments.claim(state_id=state, by=reviewer, at=NOW)
    moderation.submit(page=returned, by=author)
    assert row_of(returned).assignee is None


def test_a_page_that_moves_keeps_its_step_and_follows_the_rights_there(
    page, author, reviewer
) -> None:
    own = CategoryFactory(title="Board")
    group("Reviewers").page_permissions.all().delete()
    from knowledge.governance import roles as role
    from knowledge.governance.services import roles

    roles._grant(group("Reviewers"), role.REVIEWERS, own)
    assert queue(reviewer) == []
    page.move(own, pos="last-child")

    assert queue(reviewer) == [page.pk]
    fresh = type(reviewer).objects.get(pk=reviewer.pk)
    moved = type(page).objects.get(pk=page.pk)
    assert moderation.approve(page=moved, by=fresh).live


def away(who, deputy, first: int = 0, last: int = 5):
    today = timezone.localdate()
    return absences.announce(
        by=who,
        deputy=deputy,
        first_day=today + timedelta(days=first),
        last_day=today + timedelta(days=last),
        today=today,
    )


def test_what_is_assigned_to_who_is_away_reaches_the_deputy(page, reviewer) -> None:
    deputy, third = person("Reviewers"), person("Reviewers")
    assignments.claim(state_id=step_of(page).pk, by=reviewer, at=NOW)
    away(reviewer, third, first=3)
    with pytest.raises(ModerationRefused):
        moderation.approve(page=page, by=deputy)

    away(reviewer, deputy)

    with pytest.raises(ModerationRefused):
        moderation.approve(page=page, by=third)
    assert moderation.approve(page=page, by=deputy).live


def test_the_right_of_a_section_passes_to_the_deputy_and_back(section, author) -> None:
    workflow(section, DecisionRightTask.objects.create(name="Owner"))
    owner, deputy = person("Editors"), person("Contributors")
    SectionRule.objects.create(page=section, holder_user=owner)
    page = submitted(author, section)
    assert queue(deputy) == []
    absence = away(owner, deputy)
    assert queue(deputy) == queue(owner) == [page.pk]

    absences.withdraw(by=deputy, absence_id=absence.pk)  # not the deputy's to end
    assert queue(deputy) == [page.pk]
    absences.withdraw(by=owner, absence_id=absence.pk)
    assert queue(deputy) == []


def test_a_deputy_gets_no_right_of_a_group(section, author) -> None:
    from knowledge.catalog.models import Tag

    tag = Tag.objects.create(name="security", slug="security")
    workflow(section, by_groups(SecurityReviewTask, "Security", group("Guards"), tag=tag))
    guard, deputy = person("Guards"), person("Reviewers")
    page = submitted(author, section, tags=["security"])
    assignments.claim(state_id=step_of(page).pk, by=guard, at=NOW)
    away(guard, deputy)

    assert queue(deputy) == []
    with pytest.raises(ModerationRefused):
        moderation.approve(page=page, by=deputy)


def test_an_absence_that_makes_no_sense_is_refused_at_its_field(reviewer) -> None:
    for deputy, first, last, field in (
        (reviewer, 0, 5, "deputy"),
        (person("Viewers"), 0, 5, "deputy"),
        (person("Reviewers", is_active=False), 0, 5, "deputy"),
        (person("Reviewers"), 5, 4, "last_day"),
        (person("Reviewers"), -5, -1, "last_day"),
    ):
        with pytest.raises(AbsenceRefused) as refusal:
            away(reviewer, deputy, first, last)
        assert refusal.value.field == field


def test_who_could_not_enter_the_admin_owns_no_section(section) -> None:
    with pytest.raises(ValidationError, match="cannot enter the admin"):
        SectionRule(page=section, holder_user=person("Viewers")).full_clean()
