"""The queue and the desk, as a reviewer uses them."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog import models
from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.reviewing.models import (
    Absence,
    Assignment,
    DecisionRightTask,
    QualityGateTask,
    SectionRule,
)
from knowledge.governance.reviewing.services import assignments
from knowledge.governance.roles import SECTION_OWNERS
from knowledge.governance.services import moderation, roles
from tests.factories import CategoryFactory, SectionFactory, UserFactory, close, group, person
from tests.knowledge.governance.reviewing.helpers import by_groups, step_of, submitted, workflow

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review-queue/"


@pytest.fixture
def section(home: Page) -> Page:
    section = CategoryFactory(title="Operations")
    workflow(section, by_groups(EditorialReviewTask, "Editorial", group("Reviewers")))
    return section


@pytest.fixture
def author(home: Page):
    return person("Contributors", first_name="Carla")


@pytest.fixture
def reviewer(client, home: Page):
    reviewer = person("Reviewers", first_name="Mira")
    client.force_login(reviewer)
    return reviewer


def text(answer) -> str:
    main = BeautifulSoup(answer.content, "html.parser").select_one("main")
    return " ".join(main.get_text(" ").split())


def titles(answer) -> list[str]:
    soup = BeautifulSoup(answer.content, "html.parser")
    return [one.get_text(strip=True) for one in soup.select(".title-wrapper")]


def due_in(page, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    Assignment.objects.filter(page=page.pk).update(due_on=day)


def test_what_is_due_first_stands_first_and_is_narrowed(client, section, author, reviewer) -> None:
    below = SectionFactory(parent=section, title="Incidents")
    other = CategoryFactory(title="Product")
    late, soon, free = (
        submitted(author, place, title=title)
        for place, title in ((below, "Late one"), (section, "Soon one"), (other, "Free one"))
    )
    for page, days in ((late, -3), (soon, 1), (free, 9)):
        due_in(page, days)
    assignments.claim(state_id=step_of(soon).pk, by=reviewer, at=timezone.now())
    assignments.claim(state_id=step_of(late).pk, by=person("Reviewers"), at=timezone.now())

    answer = client.get(QUEUE)
    assert titles(answer) == ["Late one", "Soon one", "Free one"]
    assert "3 days overdue" in text(answer)
    assert "Guide, Incidents" in text(answer)
    for query, expected in (
        (f"section={section.pk}", ["Late one", "Soon one"]),
        (f"section={below.pk}", ["Late one"]),
        ("held=me", ["Soon one"]),
        ("held=nobody", ["Free one"]),
        ("held=others", ["Late one"]),
        ("due=overdue", ["Late one"]),
        ("due=soon", ["Soon one"]),
        ("due=later", ["Free one"]),
        ("kind=guide", ["Late one", "Soon one", "Free one"]),
        ("kind=runbook", []),
        ("kind=nonsense&section=x&held=%00&due=now", ["Late one", "Soon one", "Free one"]),
    ):
        assert titles(client.get(f"{QUEUE}?{query}")) == expected, query
    panel = client.get("/admin/")
    assert titles(panel)[:3] == ["Late one", "Soon one", "Free one"]


def test_others_see_what_waits_for_them_only(client, section, author) -> None:
    page = submitted(author, section, title="For reviewers only")
    desk = reverse("review_desk", args=[step_of(page).pk])
    for name in ("Contributors", "Editors"):
        client.force_login(person(name))
        assert "For reviewers only" not in text(client.get(QUEUE))
        # Editors publish there: they may look, and invite, but not decide.
        seen = 200 if name == "Editors" else 302
        assert client.get(desk).status_code == seen
        assert client.post(desk, {"decision": "approve"}).status_code == seen
        claim = client.post(reverse("review_claim", args=[page.current_workflow_task_state.pk]))
        assert claim.status_code == 302
    client.force_login(person("Viewers"))
    assert "/login/" in client.get(QUEUE, follow=True).redirect_chain[-1][0]
    assert Assignment.objects.get().assignee is None
    assert not models.GuidePage.objects.get(pk=page.pk).live


def test_the_filter_names_no_section_that_is_closed_to_the_person(client, section) -> None:
    closed = SectionFactory(parent=section, title="Redundancies")
    close(closed, group("Board"))
    lead = person("Leads of another team")
    ours = SectionFactory(parent=section, title="Ours")
    roles.grant_section(group=group("Leads of another team"), section=ours, role=SECTION_OWNERS)
    client.force_login(lead)
    shown = text(client.get(QUEUE))
    assert "Ours" in shown
    assert "Operations" in shown
    assert "Redundancies" not in shown
    reviewer = person("Reviewers")
    client.force_login(reviewer)
    assert "Redundancies" not in text(client.get(QUEUE))
    reviewer.groups.add(group("Board"))
    assert "Redundancies" in text(client.get(QUEUE))


def test_a_draft_is_compared_and_approved_at_the_desk(client, section, author, reviewer) -> None:
    page = submitted(author, section, title="Hand over a <b>shift</b>")
    moderation.approve(page=page, by=reviewer)
    page = models.GuidePage.objects.get(pk=page.pk)
    page.bottom_line = "Tell the duty manager."
    page.save_revision(user=author)
    moderation.submit(page=page, by=author)
    desk = reverse("review_desk", args=[step_of(page).pk])

    shown = client.get(desk)
    assert "Tell the duty manager." in text(shown)
    assert "[removed:" in text(shown)
    assert "<b>shift" not in shown.content.decode()
    done = client.post(desk, {"decision": "approve", "yes-comment": "Clear."}, follow=True)

    assert "Approved." in text(done) or "Approved." in done.content.decode()
    page = models.GuidePage.objects.get(pk=page.pk)
    assert page.bottom_line == "Tell the duty manager."
    assert page.version == "1.1"


def test_a_return_without_a_reason_comes_back_with_the_fault(
    client, section, author, reviewer
) -> None:
    page = submitted(author, section)
    desk = reverse("review_desk", args=[step_of(page).pk])

    again = client.post(desk, {"decision": "reject", "no-comment": " "})
    assert "Say what has to change before you return it." in text(again)
    client.post(desk, {"decision": "reject", "no-comment": "Name the owner."})

    late = client.post(desk, {"decision": "approve"}, follow=True)
    assert "This has ended meanwhile: Rejected by Mira" in late.content.decode()
    assert not models.GuidePage.objects.get(pk=page.pk).live


def test_the_points_of_a_gate_are_answered_at_the_desk(client, section, author, reviewer) -> None:
    points = "Is it true?\nIs it <i>short</i>?"
    workflow(section, by_groups(QualityGateTask, "Gate", group("Reviewers"), points=points))
    page = submitted(author, section)
    desk = reverse("review_desk", args=[step_of(page).pk])

    answer = client.post(desk, {"decision": "approve", "yes-point_0": "yes", "yes-comment": "Ha!"})
    assert "Answer this point." in text(answer)
    assert "Ha!" in text(answer)
    assert "<i>short" not in answer.content.decode()
    no = client.post(desk, {"decision": "approve", "yes-point_0": "yes", "yes-point_1": "no"})
    assert "With a no here it cannot be approved." in text(no)
    client.post(desk, {"decision": "approve", "yes-point_0": "yes", "yes-point_1": "n/a"})

    assert models.GuidePage.objects.get(pk=page.pk).live


def test_claiming_assigning_and_planning_at_the_desk(client, section, author, reviewer) -> None:
    other = person("Reviewers", first_name="Ana")
    page = submitted(author, section)
    state = step_of(page).pk

    def do(name: str, **data: object):
        return client.post(reverse(f"review_{name}", args=[state]), data, follow=True)

    do("claim")
    assert Assignment.objects.get().assignee == reviewer
    do("release")
    assert Assignment.objects.get().assignee is None
    assert "Select a valid choice" in text(do("assign", to=author.pk))
    do("assign", to=other.pk)
    assert Assignment.objects.get().assignee == other
    refused = client.post(reverse("review_desk", args=[state]), {"decision": "approve"})
    assert "Ana has claimed this. Take it over first." in text(refused)
    do("claim", take_over="1")
    assert "Enter a valid date" in text(do("plan", due_on="soon", priority="2"))
    assert "That day has passed" in text(do("plan", due_on="2020-01-31", priority="2"))
    do("plan", due_on="2130-01-31", priority="2")
    row = Assignment.objects.get()
    assert (row.assignee, str(row.due_on), row.priority) == (reviewer, "2130-01-31", 2)


def test_many_are_claimed_from_the_list(client, section, author, reviewer) -> None:
    pages = [submitted(author, section) for _number in range(2)]
    states = [step_of(one).pk for one in pages]
    claim = reverse("review_claim_many")

    assert "Tick what you want" in client.post(claim, follow=True).content.decode()
    said = client.post(claim, {"state": [*states, "x", "9" * 30]}, follow=True).content.decode()

    assert "You have claimed 2 reviews." in said
    assert Assignment.objects.filter(assignee=reviewer).count() == 2


def test_a_review_that_is_gone_says_so(client, reviewer) -> None:
    said = client.get(reverse("review_desk", args=[987654]), follow=True).content.decode()
    assert "This does not wait any more" in said


def test_a_deputy_is_named_and_removed_in_the_admin(client, reviewer) -> None:
    absences = reverse("review_absences")
    deputy = person("Reviewers", first_name="Ana")
    days = {"first_day": "2031-01-01", "last_day": "2030-01-01"}
    answer = client.post(absences, {"deputy": deputy.pk, **days})
    assert "It ends before it begins." in text(answer)
    viewer = person("Viewers")
    assert "Select a valid choice" in text(client.post(absences, {"deputy": viewer.pk, **days}))
    client.post(absences, {"deputy": deputy.pk, **days, "last_day": "2031-01-09"})
    assert "Ana" in text(client.get(absences))

    remove = reverse("review_absence_remove", args=[Absence.objects.get().pk])
    client.force_login(deputy)
    client.post(remove)
    assert Absence.objects.exists()
    client.force_login(reviewer)
    client.post(remove)
    assert not Absence.objects.exists()


def test_the_query_count_does_not_grow_with_the_queue(
    client, section, author, reviewer, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    submitted(author, section)
    client.get(QUEUE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(QUEUE)
    below = SectionFactory(parent=section)
    for _number in range(4):
        submitted(UserFactory.create(is_superuser=True), below)
    with django_assert_num_queries(len(few)):
        client.get(QUEUE)


def test_the_desk_says_when_nobody_is_left_to_decide(client, section, author) -> None:
    owner, editor = person("Editors"), person("Editors")
    SectionRule.objects.create(page=section, holder_user=owner, own_changes="refused")
    workflow(section, DecisionRightTask.objects.create(name="The owner decides"))
    page = submitted(author, section)
    desk = reverse("review_desk", args=[step_of(page).pk])
    client.force_login(editor)
    assert "nobody can decide" not in client.get(desk).content.decode()

    page.get_latest_revision_as_object().save_revision(user=owner)

    assert "nobody can decide" in client.get(desk).content.decode()
