"""Who is to approve a decision hears of it, and who decided hears what became of it."""

from typing import Any

import pytest
from django.core import mail

from knowledge.catalog.models import DecisionFrameworkPage
from knowledge.practice.models import Decision
from knowledge.practice.services import decisions
from tests.factories import ArtifactFactory, part, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def ada() -> Any:
    return person("Editors", username="ada", email="ada@example.org")


@pytest.fixture
def ben() -> Any:
    return person("Viewers", username="ben", email="ben@example.org")


def record(by: Any, approver: Any = None, users: int = 100) -> Decision:
    page = ArtifactFactory.of(
        DecisionFrameworkPage,
        title="Escalation",
        body=[part(DecisionFrameworkPage, "decision_tree")],
    )
    answers = {"a.data": "No", "a.users": str(users)}
    return decisions.record(
        page=page.specific,
        by=by,
        name="Shop\noutage",
        answers=answers,
        reasons={},
        approver=approver,
    )


def test_the_approver_is_asked_and_the_other_told(ada: Any, ben: Any) -> None:
    decision = record(ada, ben)
    asked = mail.outbox[0]
    assert asked.to == ["ben@example.org"]
    assert asked.subject == "A decision waits for you: Shop outage"
    assert decision.outcome in asked.body
    assert f"as “{decision.approver_role}”" in asked.body
    assert f"/decisions/{decision.pk}/" in asked.body
    decisions.decide_on(decision=decision, by=ben, approve=True, note="Go on.")
    told = mail.outbox[1]
    assert (told.to, told.subject) == (["ada@example.org"], "Approved: Shop outage")
    assert "Go on." in told.body
    assert len(mail.outbox) == 2


def test_a_refusal_comes_with_its_reason(ada: Any, ben: Any) -> None:
    decision = record(ada, ben)
    decisions.decide_on(decision=decision, by=ben, approve=False, note="Data is whole.")
    assert mail.outbox[1].subject == "Not approved: Shop outage"
    assert "Data is whole." in mail.outbox[1].body


def test_nobody_is_written_to_about_their_own_or_what_asks_nobody(ada: Any) -> None:
    record(ada, ada)
    record(ada, users=1)
    assert mail.outbox == []


def test_without_an_address_there_is_no_letter(ada: Any) -> None:
    record(ada, person("Viewers", username="carl", email=""))
    assert mail.outbox == []
