"""My work: what waits for a person, from every room, and nothing that the person may not see."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from knowledge.catalog.models import AssessmentPage, DecisionFrameworkPage, TemplatePage
from knowledge.governance.acknowledging.models import Demand
from knowledge.governance.services import moderation
from knowledge.practice.assessments import services as assessments
from knowledge.practice.copies import services as copies
from knowledge.practice.models import Decision
from knowledge.practice.services import leading, runs
from knowledge.practice.weighing import services as weighing
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    close,
    complete_body,
    group,
    part,
    person,
    team,
)
from tests.knowledge.practice.runs.helpers import checklist, move, playbook, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
TODAY = timezone.localdate


@pytest.fixture
def me() -> Any:
    return person("Viewers", username="ada")


@pytest.fixture
def mine(client: Client, me: Any) -> Client:
    client.force_login(me)
    return client


def shown(client: Client, path: str = "") -> dict[str, list[str]]:
    """By heading of the section, its lines as a person reads them."""
    page = BeautifulSoup(client.get(f"/work/{path}").content, "html.parser")
    return {
        " ".join(section.h2.text.split()): [
            " ".join(line.text.split()) for line in section.select(".work__line")
        ]
        for section in page.select(".work-section")
    }


def test_when_nothing_waits_it_says_so(mine: Client) -> None:
    assert "Nothing waits for you" in mine.get("/work/").content.decode()
    assert Client().get("/work/").status_code == 302


def test_steps_of_my_role_what_is_due_first(mine: Client, me: Any) -> None:
    lead = person("Editors")
    page = playbook()
    later, sooner = (
        runs.start(
            page=page,
            by=lead,
            name=name,
            due=due,
            roles={"Lead": me, "Approver": me},
            at=timezone.now() - timedelta(days=2),
        )
        for name, due in (
            ("Later <b>", TODAY() + timedelta(days=9)),
            ("Sooner", TODAY() - timedelta(days=1)),
        )
    )
    found = shown(mine)["My steps 4"]
    assert found[0].startswith("Prepare Overdue since") and "Sooner" in found[0]
    assert [line.split()[0] for line in found] == ["Prepare", "Ready", "Prepare", "Ready"]
    assert "Later <b>" in found[2]
    move(sooner, "Prepare", lead)
    runs.end(run=later, by=lead, outcome="abandoned", summary="No")
    assert [line.split()[0] for line in shown(mine)["My steps 1"]] == ["Ready"]


def test_behind_a_gate_a_step_waits(mine: Client, me: Any) -> None:
    body = [
        {"type": "quality_gates", "value": {"gates": [{"name": "Go", "criterion": "All agree"}]}},
        {"type": "steps", "value": {"steps": [{"title": "Release", "owner_role": "Lead"}]}},
    ]
    page = playbook(slug="gated")
    page.body = page.body.stream_block.to_python(body)
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    runs.start(page=page, by=person("Editors"), name="Shop", roles={"Lead": me})
    assert "Waits for a step before it" in shown(mine)["My steps 1"][0]


def test_a_step_that_i_am_named_for_with_a_day_of_its_own(mine: Client, me: Any) -> None:
    lead = person("Editors")
    run = start(checklist(), lead, due=TODAY() + timedelta(days=30))
    moment = timezone.now() + timedelta(days=2)
    found = step(run, "Tell support")
    leading.name_for_step(run=run, step_id=found.pk, person=me, by=lead)
    leading.set_due(run=run, step_id=found.pk, due=moment, by=lead)
    due = timezone.localdate(moment)
    assert shown(mine)["My steps 1"] == [f"Tell support Due {due.day} {due:%b %Y} Shop 4.12"]
    other = Client()
    other.force_login(person("Viewers"))
    assert shown(other) == {}


def test_runs_that_i_lead(mine: Client, me: Any) -> None:
    run = start(checklist(), me)
    assert shown(mine)["Runs that I lead 1"] == ["Shop 4.12 Release"]
    runs.hand_over(run=run, to=person("Editors"), by=me, text="Half done")
    assert shown(mine) == {}


def test_what_i_am_asked_to_decide_answer_and_weigh(mine: Client, me: Any) -> None:
    lead = person("Editors")
    made = {"title": "F", "kind": "decision-framework", "version": "1.0", "outcome": "Go"}
    framework = ArtifactFactory.of(
        DecisionFrameworkPage, body=[part(DecisionFrameworkPage, "decision_matrix")]
    )
    decision = Decision.objects.create(
        artifact=framework, decided_by=lead, name="Shop stays", **made
    )
    decision.approvals.create(role="Driver", person=me)
    asked = ArtifactFactory.of(AssessmentPage, body=[part(AssessmentPage, "assessment")])
    payments = team(lead, me)
    round_ = assessments.begin(page=asked, by=lead, name="Spring", team=payments)
    row = weighing.begin(
        page=framework, by=lead, name="Model", weights=["1", "1"], options=["A", "B"]
    )
    weighing.invite(row=row, by=lead, person=me)
    found = shown(mine)
    assert found["Decisions to approve 1"][0].startswith("Shop stays Go")
    assert found["Assessments to answer 1"][0].startswith("Spring")
    assert "Not scored by you yet" in found["Options to weigh 1"][0]
    assessments.close(one=round_, by=lead)
    assert "Assessments to answer 1" not in shown(mine)


def test_copies_of_which_the_template_moved_on(mine: Client, me: Any) -> None:
    page = ArtifactFactory.of(
        TemplatePage, title="Note", body=complete_body(TemplatePage), version="1.0"
    )
    copies.begin(page=page, by=me, name="Billing", answers={})
    assert shown(mine) == {}
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    line = shown(mine)["Copies of which the template has moved on 1"][0]
    assert "begun with 1.0, now 1.1" in line


def test_what_governance_asks_of_me(client: Client, settings: Any) -> None:
    reviewer = person("Reviewers")
    client.force_login(reviewer)
    CategoryFactory()
    section = CategoryFactory(slug="rules")
    demand = Demand.objects.create(section=section)
    demand.groups.add(group("Reviewers"))
    ArtifactFactory(parent=section, title="Must read")
    ArtifactFactory(overdue=True, title="My own", owner_user=reviewer)
    draft = ArtifactFactory(draft=True, title="A draft", owner=person("Contributors"))
    moderation.submit(page=draft, by=draft.owner)
    found = shown(client)
    assert found["To read and confirm 1"] == ["Must read version 1.0"]
    assert found["My artifacts to check anew 1"][0].startswith("My own Overdue since")
    assert found["Drafts to review 1"][0].startswith("A draft Due")


def test_what_is_closed_to_me_does_not_wait(mine: Client, me: Any) -> None:
    section = CategoryFactory(slug="insiders")
    run = runs.start(
        page=playbook(parent=section), by=person("Editors"), name="Secret", roles={"Lead": me}
    )
    assert "Secret" in mine.get("/work/").content.decode()
    close(section, group("Insiders"))
    assert shown(mine) == {}
    assert "Secret" not in mine.get("/work/steps/").content.decode()
    assert run.is_running


def test_a_long_section_is_paged(mine: Client, me: Any) -> None:
    page = checklist()
    for _number in range(26):
        start(page, me)
    first = mine.get("/work/").content.decode()
    assert "All 26" in first
    more = BeautifulSoup(mine.get("/work/runs/?page=2").content, "html.parser")
    assert len(more.select(".work__line")) == 1
    assert mine.get("/work/runs/?page=x").status_code == 200
    assert mine.get("/work/nothing/").status_code == 404


def test_queries_do_not_grow(mine: Client, me: Any, django_assert_max_num_queries: Any) -> None:
    page, gated = checklist(), playbook()
    for number in range(7):
        start(page, me)
        runs.start(page=gated, by=me, name=f"Run {number}", roles={"Lead": me, "Approver": me})
    mine.get("/work/")
    with django_assert_max_num_queries(24):
        mine.get("/work/")
    with django_assert_max_num_queries(8):
        mine.get("/work/steps/")
