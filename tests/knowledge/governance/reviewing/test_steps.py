"""The sorts of steps: who decides in each, who does not, and what they leave behind."""

import pytest
from wagtail.models import Page, PageLogEntry, TaskState

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Tag
from knowledge.governance.errors import ModerationRefused
from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.reviewing.models import (
    DecisionRightTask,
    PeerReviewTask,
    QualityGateTask,
    SectionRule,
    SecurityReviewTask,
)
from knowledge.governance.services import moderation
from tests.factories import CategoryFactory, SectionFactory, UserFactory, group, person
from tests.knowledge.governance.reviewing.helpers import (
    by_groups,
    queue,
    step_of,
    submitted,
    workflow,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(home: Page) -> Page:
    return CategoryFactory(title="Operations")


@pytest.fixture
def author(home: Page):
    return person("Contributors")


def refused(page: Page, *people: object) -> None:
    for one in people:
        with pytest.raises(ModerationRefused):
            moderation.approve(page=page, by=one)


def test_a_peer_is_anyone_else_who_writes_here(section, author) -> None:
    workflow(section, PeerReviewTask.objects.create(name="Second pair of eyes"))
    peer, editor = person("Contributors"), person("Editors")
    viewer = person("Viewers")
    page = submitted(author, section)

    assert queue(author) == queue(viewer) == []
    assert queue(peer) == queue(editor) == [page.pk]
    refused(page, author, viewer)
    page = moderation.approve(page=page, by=peer)

    assert page.live  # although a contributor may not publish
    assert queue(editor) == []


def test_who_changed_the_draft_is_no_peer_of_it(section, author) -> None:
    workflow(section, PeerReviewTask.objects.create(name="Second pair of eyes"))
    helper = person("Editors")
    page = submitted(author, section)
    page.title = "Changed on the way"
    page.save_revision(user=helper)

    assert queue(helper) == []
    refused(page, helper)


def test_a_gate_wants_each_point_answered_and_keeps_the_answers(section, author, client) -> None:
    points = "Is the source named?\n\nDoes it say who decides?\n"
    gate = by_groups(QualityGateTask, "Gate", group("Quality"), points=points)
    workflow(section, gate)
    keeper, reviewer = person("Quality"), person("Reviewers")
    page = submitted(author, section)
    assert queue(keeper) == [page.pk]
    refused(page, reviewer, author)

    state = step_of(page)
    with pytest.raises(ModerationRefused, match="Does it say who decides"):
        gate.on_action(state, keeper, "approve", point_0="yes")
    with pytest.raises(ModerationRefused, match="Is the source named"):
        gate.on_action(state, keeper, "approve", point_0="no", point_1="yes")
    assert not type(page).objects.get(pk=page.pk).live
    gate.on_action(state, keeper, "approve", point_0="yes", point_1="n/a", comment="Well done.")

    assert type(page).objects.get(pk=page.pk).live
    kept = TaskState.objects.get(pk=state.pk).specific
    assert kept.answers == [
        {"point": "Is the source named?", "answer": "yes"},
        {"point": "Does it say who decides?", "answer": "n/a"},
    ]
    client.force_login(UserFactory(administrator=True))
    history = client.get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert "Well done." in history
    assert "Does it say who decides? Does not apply" in history


def test_a_gate_is_returned_without_answers(section, author) -> None:
    gate = by_groups(QualityGateTask, "Gate", group("Quality"), points="Is it true?")
    workflow(section, gate)
    page = submitted(author, section)

    moderation.return_to_author(page=page, by=person("Quality"), reason="It is not true.")

    assert type(page).objects.get(pk=page.pk).current_workflow_state.status == "needs_changes"


def security(section: Page, *after: object) -> tuple[SecurityReviewTask, Tag]:
    tag = Tag.objects.create(name="security", slug="security")
    step = by_groups(SecurityReviewTask, "Security", group("Security team"), tag=tag)
    workflow(section, step, *after)
    return step, tag


def editorial(**fields: object) -> EditorialReviewTask:
    return by_groups(EditorialReviewTask, "Editorial", group("Reviewers"), **fields)


def test_what_carries_the_tag_needs_the_security_team(section, author) -> None:
    security(section, editorial())
    guard, reviewer = person("Security team"), person("Reviewers")
    page = submitted(author, section, tags=["security"])

    refused(page, reviewer, UserFactory(administrator=True), author)
    page = moderation.approve(page=page, by=guard)
    assert not page.live
    assert queue(guard) == []
    assert moderation.approve(page=page, by=reviewer).live


def test_what_carries_no_tag_goes_past_security_and_the_log_says_so(section, author) -> None:
    security(section, editorial())
    guard, reviewer = person("Security team"), person("Reviewers")
    page = submitted(author, section, tags=["other"])

    assert queue(guard) == []
    assert PageLogEntry.objects.get(page=page.pk, action="governance.step_skipped").data == {
        "task": {"id": SecurityReviewTask.objects.get().pk, "title": "Security"}
    }
    assert moderation.approve(page=page, by=reviewer).live


def test_a_tag_given_on_the_way_leads_back_to_security(section, author) -> None:
    security(section, editorial())
    guard, reviewer = person("Security team"), person("Reviewers")
    page = submitted(author, section)
    page.tags.add("security")
    page.save_revision(user=reviewer)

    page = moderation.approve(page=page, by=reviewer)

    assert not page.live
    assert queue(guard) == [page.pk]
    assert moderation.approve(page=page, by=guard).live


def test_security_approves_exactly_what_it_has_seen(section, author) -> None:
    security(section, editorial())
    guard, reviewer = person("Security team"), person("Reviewers")
    page = submitted(author, section, tags=["security"])
    page = moderation.approve(page=page, by=guard)
    page.title = "Port 22 open to all"
    page.save_revision(user=reviewer)

    page = moderation.approve(page=page, by=reviewer)

    assert not page.live
    assert queue(guard) == [page.pk]


def test_a_step_may_be_for_some_kinds_only_but_somebody_always_looks(section, author) -> None:
    of_runbooks = by_groups(
        EditorialReviewTask, "Runbooks", group("Reviewers"), kinds=[Kind.RUNBOOK]
    )
    workflow(section, of_runbooks, DecisionRightTask.objects.create(name="Owner"))
    holder = person("Editors")
    SectionRule.objects.create(page=section, holder_user=holder)
    page = submitted(author, section)  # a guide
    assert queue(person("Reviewers")) == []
    assert queue(holder) == [page.pk]

    only = SectionFactory(parent=section)
    workflow(only, of_runbooks)
    assert queue(person("Reviewers")) == []
    other = submitted(author, only)
    assert queue(person("Reviewers")) == [other.pk]


def test_the_owner_of_the_section_decides_down_the_tree(section, author) -> None:
    workflow(section, DecisionRightTask.objects.create(name="Owner"))
    below = SectionFactory(parent=section)
    own = SectionFactory(parent=below)
    head, group_member = person("Viewers"), person("Steering")
    SectionRule.objects.create(page=section, holder_user=head)
    SectionRule.objects.create(page=own, holder_group=group("Steering"))
    inherited, special = submitted(author, below), submitted(author, own)

    assert queue(head) == [inherited.pk]
    assert queue(group_member) == [special.pk]
    refused(special, head, UserFactory(administrator=True), person("Reviewers"))
    refused(inherited, group_member)
    assert moderation.approve(page=inherited, by=head).live
    assert moderation.approve(page=special, by=group_member).live


def test_where_nobody_owns_the_section_administrators_decide(section, author) -> None:
    workflow(section, DecisionRightTask.objects.create(name="Owner"))
    page = submitted(author, section)

    assert queue(person("Administrators")) == [page.pk]
    assert queue(person("Reviewers")) == []


def test_a_section_may_refuse_own_changes_and_one_below_allow_them(section) -> None:
    below = SectionFactory(parent=section)
    SectionRule.objects.create(page=section, own_changes="refused")
    SectionRule.objects.create(page=below, own_changes="allowed")
    reviewer, other = person("Reviewers"), person("Reviewers")
    reviewer.groups.add(group("Contributors"))
    strict, lax = submitted(reviewer, section), submitted(reviewer, below)

    assert queue(reviewer) == [lax.pk]
    assert queue(other) == [strict.pk, lax.pk]
    refused(strict, reviewer)
    assert moderation.approve(page=strict, by=other).live
    assert moderation.approve(page=lax, by=reviewer).live


def test_of_two_who_decide_at_once_the_second_is_told(section, author) -> None:
    step = editorial()
    workflow(section, step)
    first, second = person("Reviewers", first_name="Mira"), person("Reviewers")
    page = submitted(author, section)
    seen_by_both = step_of(page)
    moderation.approve(page=page, by=first)

    with pytest.raises(ModerationRefused, match="ended meanwhile: Approved by Mira"):
        step.on_action(seen_by_both, second, "reject", comment="No.")
    assert type(page).objects.get(pk=page.pk).live
