"""Who is to approve a decision hears of it, and who decided hears what became of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knowledge.catalog.models import DecisionFrameworkPage
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.practice import tasks
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Decision
from knowledge.practice.permissions import may_read
from knowledge.practice.selectors.decisions import as_markdown, show, waiting_for
from knowledge.practice.services import decisions, late_decisions
from tests.factories import ArtifactFactory, close, group, machine, part, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def ada() -> Any:
    return person("Editors", username="ada", email="ada@example.org")


@pytest.fixture
def ben() -> Any:
    return person("Viewers", username="ben", email="ben@example.org")


def record(by: Any, approver: Any = None, users: int = 100, **more: Any) -> Decision:
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
        **more,
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


class TestSeveralRoles:
    """A matrix of which several thresholds are crossed; here by the record that all ways end in."""

    def keep(self, by: Any, roles: list[str], **more: Any) -> Decision:
        page = ArtifactFactory.of(DecisionFrameworkPage, title="Choice")
        outcome = {"title": "Large", "approver_roles": roles, "escalate_to_role": "Head"}
        return decisions.keep(
            page=page.specific,
            by=by,
            name="Desk",
            context="",
            trail=[],
            outcome=outcome | more.pop("outcome", {}),
            version="1.0",
            **more,
        )

    def test_all_are_asked_and_all_have_to_approve(self, ada: Any, ben: Any) -> None:
        cid = person("Viewers", username="cid", email="cid@example.org")
        decision = self.keep(
            ada, ["Buyer", "Lead", "Buyer"], approvers={"Buyer": ben, "Lead": cid}, is_open=False
        )
        assert [one.to for one in mail.outbox] == [["ben@example.org"], ["cid@example.org"]]
        assert "as “Buyer”" in mail.outbox[0].body
        for who in (ben, cid):
            assert list(waiting_for(who, access_for(who))) == [decision]
            assert may_read(decision, who, access_for(who))

        decisions.decide_on(decision=decision, by=ben, approve=True, note="Paid.")

        decision.refresh_from_db()
        assert (decision.state, len(mail.outbox)) == ("proposed", 2)
        assert not waiting_for(ben, access_for(ben)).exists()
        with pytest.raises(RunRefused, match="already"):
            decisions.decide_on(decision=decision, by=ben, approve=True)
        with pytest.raises(PermissionDenied):
            decisions.decide_on(decision=decision, by=ada, approve=True)

        decisions.decide_on(decision=decision, by=cid, approve=True, note="Fits.")

        decision.refresh_from_db()
        assert decision.state == "accepted"
        assert mail.outbox[2].to == ["ada@example.org"]
        said = as_markdown(show(decision, ada, access_for(ada)))
        assert f"Buyer: **{called(ben)}**, Approved" in said
        assert f"Lead: **{called(cid)}**, Approved" in said
        assert "Paid." in said
        assert "Fits." in said

    def test_one_that_refuses_is_enough(self, ada: Any, ben: Any) -> None:
        cid = person("Viewers", username="cid", email="cid@example.org")
        decision = self.keep(ada, ["Buyer", "Lead"], approvers={"Buyer": ben}, approver=cid)
        decisions.decide_on(decision=decision, by=cid, approve=False, note="Too dear.")
        decision.refresh_from_db()
        assert decision.state == "rejected"
        assert not waiting_for(ben, access_for(ben)).exists()

    def test_who_has_several_roles_is_asked_once(self, ada: Any, ben: Any) -> None:
        decision = self.keep(ada, ["Buyer", "Lead"], approver=ben)
        assert [one.to for one in mail.outbox] == [["ben@example.org"]]
        assert "as “Buyer”, “Lead”" in mail.outbox[0].body
        decisions.decide_on(decision=decision, by=ben, approve=True)
        decision.refresh_from_db()
        assert decision.state == "accepted"

    def test_an_own_role_is_given_at_once_and_the_other_waits(self, ada: Any, ben: Any) -> None:
        decision = self.keep(ada, ["Buyer", "Lead"], approvers={"Buyer": ada, "Lead": ben})
        assert decision.state == "proposed"
        assert [one.to for one in mail.outbox] == [["ben@example.org"]]

    def test_nobody_for_one_of_them_is_refused(self, ada: Any, ben: Any) -> None:
        with pytest.raises(RunRefused, match="Lead"):
            self.keep(ada, ["Buyer", "Lead"], approvers={"Buyer": ben})
        assert not Decision.objects.exists()

    def test_its_page_shows_each(self, client: Any, ada: Any, ben: Any) -> None:
        decision = self.keep(ada, ["Buyer", "Lead <b>"], approvers={"Buyer": ada, "Lead <b>": ben})
        client.force_login(ben)
        shown = client.get(f"/decisions/{decision.pk}/").content.decode()
        assert "<dd>Buyer, Lead &lt;b&gt;</dd>" in shown
        assert 'value="approve"' in shown
        client.force_login(ada)
        assert 'value="approve"' not in client.get(f"/decisions/{decision.pk}/").content.decode()
        found = machine(ben).get(f"/api/v1/decisions/{decision.pk}/").json()["approvals"]
        assert [(one["role"], one["is_given"]) for one in found] == [
            ("Buyer", True),
            ("Lead <b>", None),
        ]


class TestTimeIsUp:
    @pytest.fixture
    def late(self, ada: Any, ben: Any) -> Decision:
        decision = record(ada, ben)
        assert decision.deadline == decision.decided_at + timedelta(minutes=15)
        mail.outbox.clear()
        return decision

    def pass_by(self, decision: Decision, minutes: int) -> None:
        now = decision.decided_at + timedelta(minutes=minutes)
        for pk in late_decisions.waiting(now=now):
            late_decisions.tell(decision_id=pk, now=now)

    def test_is_told_once_to_who_approves_and_who_decided(self, late: Decision) -> None:
        self.pass_by(late, 14)
        assert mail.outbox == []
        self.pass_by(late, 16)
        self.pass_by(late, 60)
        assert [one.to for one in mail.outbox] == [["ben@example.org"], ["ada@example.org"]]
        assert mail.outbox[0].subject == "Time is up: Shop outage"
        assert "for which nobody is named" in mail.outbox[1].body
        assert "It waits for" in mail.outbox[1].body

    def test_goes_to_who_is_named_for_the_escalation(self, ada: Any, ben: Any) -> None:
        head = person("Viewers", username="head", email="head@example.org")
        decision = record(ada, ben, escalate_to=head, is_open=False)
        mail.outbox.clear()
        assert may_read(decision, head, access_for(head))
        self.pass_by(decision, 16)
        assert [one.to for one in mail.outbox] == [["ben@example.org"], ["head@example.org"]]
        assert "You are named as “Head of operations”" in mail.outbox[1].body

    def test_is_not_told_of_what_is_approved(self, late: Decision, ben: Any) -> None:
        decisions.decide_on(decision=late, by=ben, approve=True)
        mail.outbox.clear()
        self.pass_by(late, 60)
        assert mail.outbox == []

    def test_is_not_told_to_who_may_not_read_it_any_more(self, late: Decision) -> None:
        close(late.artifact.get_parent(), group("Board"))
        self.pass_by(late, 60)
        assert mail.outbox == []

    def test_is_looked_for_in_every_round(self, late: Decision) -> None:
        Decision.objects.update(deadline=timezone.now())
        tasks.watch_deadlines()
        assert len(mail.outbox) == 2

    def test_stays_when_the_mail_server_is_away(self, late: Decision, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = 1
        now = late.decided_at + timedelta(hours=1)
        with pytest.raises(OSError, match="refused|connect"):
            late_decisions.tell(decision_id=late.pk, now=now)
        assert late_decisions.waiting(now=now) == [late.pk]
