"""A walk ends in a record: what was answered and why, who approves, what it takes the place of."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from knowledge.catalog.models import ArticlePage, DecisionFrameworkPage
from knowledge.catalog.permissions import access_for
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Decision
from knowledge.practice.permissions import may_read, readable
from knowledge.practice.services import decisions as services
from tests.factories import ArtifactFactory, close, group, part, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
STAY = {"a.data": "No", "a.users": "12"}
ESCALATE = {"a.data": "No", "a.users": "100"}


@pytest.fixture
def framework():
    """Data lost: escalate. Else by users: from 100 on escalate, which a commander approves."""
    return ArtifactFactory.of(
        DecisionFrameworkPage,
        title="Escalation",
        body=[part(DecisionFrameworkPage, "decision_tree")],
    )


@pytest.fixture
def lead():
    return person("Editors")


@pytest.fixture
def me(client, lead):
    client.force_login(lead)
    return client


def record(framework, by, answers=None, **fields) -> Decision:
    fields.setdefault("name", "Shop outage")
    return services.record(
        page=framework.specific,
        by=by,
        answers=answers or STAY,
        reasons=fields.pop("reasons", {}),
        **fields,
    )


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def url(name: str, *args: int) -> str:
    return reverse(f"practice:{name}", args=args)


class TestWalking:
    def test_question_by_question_to_the_outcome(self, me, framework) -> None:
        assert "Decide and keep it" in me.get(framework.url).content.decode()
        start = url("decision_walk", framework.pk)
        shown = soup(me.get(start))
        assert shown.h1.text == "Is data lost, or might it be?"
        assert [one["value"] for one in shown.select(".walk-answers button")] == ["Yes", "No"]
        shown = soup(me.get(start, {"a.data": "No"}))
        assert shown.h1.text == "How many users are affected?"
        assert soup(me.get(start, STAY)).h1.text == "The team goes on"
        shown = soup(me.get(start, {"a.data": "No", "a.users": "99.9"}))
        assert shown.h1.text == "The team goes on"

    def test_a_threshold_crossed_changes_the_outcome(self, me, framework) -> None:
        shown = soup(me.get(url("decision_walk", framework.pk), ESCALATE))
        assert shown.h1.text == "Escalate"
        facts = " ".join(shown.select_one(".run-step__words").get_text(" ").split())
        assert facts == (
            "Approved by Incident commander Escalate to Head of operations Within 15 minutes"
        )

    @pytest.mark.parametrize("said", ["many", "1,000", "", "NaN"])
    def test_what_is_no_answer_is_asked_again(self, me, framework, said: str) -> None:
        answer = me.get(url("decision_walk", framework.pk), {"a.data": "No", "a.users": said})
        assert answer.status_code == (400 if said else 200)
        assert soup(answer).h1.text == "How many users are affected?"

    def test_the_way_back_is_one_question(self, me, framework) -> None:
        back = soup(me.get(url("decision_walk", framework.pk), STAY)).select_one('a[href^="?"]')[
            "href"
        ]
        assert back == "?a.data=No"

    def test_what_has_no_tree_cannot_be_walked(self, me) -> None:
        assert me.get(url("decision_walk", ArtifactFactory.of(ArticlePage).pk)).status_code == 404
        assert me.get(url("decision_walk", 999_999)).status_code == 404

    def test_strangers_log_in_and_closed_frameworks_do_not_exist(self, client, framework) -> None:
        assert client.get(url("decision_walk", framework.pk)).status_code == 302
        close(framework, group("Editors"))
        client.force_login(person("Viewers"))
        assert client.get(url("decision_walk", framework.pk)).status_code == 404


class TestRecording:
    def test_the_way_and_the_reasons_are_kept_with_the_version(self, me, framework, lead) -> None:
        answer = me.post(
            f"{url('decision_walk', framework.pk)}?a.data=No&a.users=12",
            {
                "name": "Shop  outage",
                "context": "Since noon",
                "reason.users": "Counted in the log",
                "is_open": "on",
            },
        )
        decision = Decision.objects.get()
        assert answer["Location"] == url("decision", decision.pk)
        assert (decision.name, decision.state) == ("Shop outage", "accepted")
        assert (decision.version, decision.title) == (framework.version, "Escalation")
        assert [(step["answer"], step["reason"]) for step in decision.trail] == [
            ("No", ""),
            ("12 users (Few)", "Counted in the log"),
        ]
        shown = me.get(url("decision", decision.pk)).content.decode()
        for words in ("The team goes on", "Counted in the log", "Since noon"):
            assert words in shown

    def test_without_a_name_or_an_approver_nothing_is_kept(self, me, framework) -> None:
        address = f"{url('decision_walk', framework.pk)}?a.data=Yes"
        answer = me.post(address, {"name": "", "reason.data": "Seen"})
        assert answer.status_code == 400
        assert soup(answer).find(id="id_name_error")
        assert "Seen" in soup(answer).find(id="why-1").text
        answer = me.post(address, {"name": "Outage"})
        assert "Incident commander" in soup(answer).find(id="id_approver_error").text
        answer = me.post(address, {"name": "Outage", "approver": "nobody"})
        assert soup(answer).find(id="id_approver_error")
        assert not Decision.objects.exists()

    def test_half_a_walk_is_no_decision(self, framework, lead) -> None:
        with pytest.raises(RunRefused):
            record(framework, lead, {"a.data": "No"})

    def test_the_record_stays_when_the_framework_goes(self, framework, lead) -> None:
        decision = record(framework, lead)
        framework.delete()
        decision.refresh_from_db()
        assert (decision.artifact, decision.outcome) == (None, "The team goes on")

    def test_everything_people_wrote_is_text(self, me, framework, lead) -> None:
        decision = record(
            framework,
            lead,
            name=HOSTILE,
            context=HOSTILE,
            reasons={"users": HOSTILE, "data": HOSTILE},
        )
        for address in (url("decision", decision.pk), url("decisions")):
            shown = soup(me.get(address))
            assert not [one for one in shown.find_all("script") if "alert" in one.text]
            assert not shown.select("[onerror]")

    def test_it_can_be_taken_along(self, me, framework, lead) -> None:
        decision = record(framework, lead, reasons={"users": "Counted"})
        answer = me.get(url("decision_download", decision.pk))
        assert answer["Content-Disposition"] == 'attachment; filename="shop-outage.md"'
        text = answer.content.decode()
        assert text.startswith("# Shop outage")
        assert "**12 users (Few)**" in text
        assert "Counted" in text
        assert "**The team goes on**" in text

    def test_what_is_taken_along_tells_who_approved_who_did_not_and_why(
        self, client, framework, lead
    ) -> None:
        first, second = person(username="mira"), person(username="noor")
        decision = record(framework, lead, ESCALATE, approver=first)
        decision.approvals.create(role="Head of operations", person=second)
        late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        decision.approvals.filter(person=first).update(
            is_given=True, given_at=late, note="Go\n\nbut slowly"
        )
        Decision.objects.filter(pk=decision.pk).update(decided_at=late)
        client.force_login(second)
        address = url("decision_download", decision.pk)
        assert (
            "Head of operations: **Noor**, has not answered yet"
            in client.get(address).content.decode()
        )
        client.post(url("decision", decision.pk), {"verdict": "refuse", "note": "Too dear"})
        text = client.get(address).content.decode()
        assert "**Decided on:** 1 July 2026" in text
        assert "Incident commander: **Mira**, Approved, 1 July 2026" in text
        assert "but slowly" in text
        today = date_format(timezone.localdate(), "j F Y")
        assert f"Head of operations: **Noor**, Not approved, {today}\n\n  Too dear" in text


class TestApproving:
    def test_it_waits_for_the_one_who_is_named(self, client, framework, lead) -> None:
        commander = person()
        decision = record(framework, lead, ESCALATE, approver=commander)
        assert decision.state == "proposed"
        client.force_login(lead)
        shown = client.get(url("decision", decision.pk)).content.decode()
        assert 'value="approve"' not in shown
        assert client.post(url("decision", decision.pk), {"verdict": "approve"}).status_code == 403
        client.force_login(commander)
        assert "Waits for your approval" in client.get(url("decisions")).content.decode()
        client.post(url("decision", decision.pk), {"verdict": "approve", "note": "Go"})
        decision.refresh_from_db()
        assert (decision.state, decision.approval_note) == ("accepted", "Go")
        assert "Waits for your approval" not in client.get(url("decisions")).content.decode()

    def test_a_refusal_says_why(self, client, framework, lead) -> None:
        commander = person()
        decision = record(framework, lead, ESCALATE, approver=commander)
        client.force_login(commander)
        answer = client.post(url("decision", decision.pk), {"verdict": "refuse", "note": " "})
        assert answer.status_code == 400
        assert soup(answer).find(id="note-error")
        client.post(url("decision", decision.pk), {"verdict": "refuse", "note": "Not yet"})
        decision.refresh_from_db()
        assert decision.state == "rejected"
        answer = client.post(url("decision", decision.pk), {"verdict": "approve"})
        assert answer.status_code == 400

    def test_a_word_that_is_not_taken_is_not_lost(self, client, framework, lead) -> None:
        first, second = person(), person()
        decision = record(framework, lead, ESCALATE, approver=first)
        decision.approvals.create(role="Head of operations", person=second)
        client.force_login(first)
        long = client.post(url("decision", decision.pk), {"note": " "})
        assert "Say why it is not approved." in long.content.decode()
        services.decide_on(decision=decision, by=second, approve=False, note="No")
        answer = client.post(
            url("decision", decision.pk), {"verdict": "approve", "note": "My long words"}
        )
        assert answer.status_code == 400
        said = soup(answer).select_one('main [role="alert"]').text
        assert "does not wait for approval any more" in said
        assert "My long words" in said

    def test_who_has_the_role_decides_at_once(self, framework, lead) -> None:
        assert record(framework, lead, ESCALATE, approver=lead).state == "accepted"

    def test_nobody_approves_what_they_may_not_read(self, framework, lead) -> None:
        close(framework, group("Editors"))
        with pytest.raises(RunRefused, match="may not read"):
            record(framework, lead, ESCALATE, approver=person())


class TestApproverWhoIsGone:
    def test_who_decided_names_somebody_else(self, client, framework, lead, mailoutbox) -> None:
        gone, other = person("Reviewers"), person("Reviewers")
        decision = record(framework, lead, ESCALATE, approver=gone)
        client.force_login(lead)
        door, sent = url("decision_approver", decision.pk), {"person": other.get_username()}
        sent["role"] = decision.approver_role
        # Whoever is there is waited for.
        assert door not in client.get(url("decision", decision.pk)).content.decode()
        answer = client.post(door, sent)
        assert answer.status_code == 400
        assert "Nobody is missing in this role." in answer.content.decode()
        gone.is_active = False
        gone.save()
        assert door in client.get(url("decision", decision.pk)).content.decode()
        wrong = client.post(door, sent | {"person": "nobody at all"})
        assert wrong.status_code == 400
        assert soup(wrong).select_one("[name=person]")["value"] == "nobody at all"
        mailoutbox.clear()
        client.post(door, sent)
        assert [mail.to for mail in mailoutbox] == [[other.email]]
        assert door not in client.get(url("decision", decision.pk)).content.decode()
        services.decide_on(decision=decision, by=other, approve=True)
        decision.refresh_from_db()
        assert (decision.state, decision.approver) == ("accepted", other)

    def test_nobody_else_names_one(self, client, framework, lead) -> None:
        gone, reader = person("Reviewers"), person("Viewers")
        decision = record(framework, lead, ESCALATE, approver=gone)
        gone.delete()
        client.force_login(reader)
        door = url("decision_approver", decision.pk)
        assert door not in client.get(url("decision", decision.pk)).content.decode()
        assert client.post(door, {"person": reader.get_username()}).status_code == 403
        client.force_login(person(is_superuser=True))
        assert door in client.get(url("decision", decision.pk)).content.decode()

    def test_who_may_not_read_the_framework_is_not_named(self, framework, lead) -> None:
        gone, outside = person("Reviewers"), person("Viewers")
        decision = record(framework, lead, ESCALATE, approver=gone)
        close(framework, group("Editors"))
        with pytest.raises(RunRefused, match="may not read"):
            services.name_approver(
                decision=decision, role=decision.approver_role, person=outside, by=lead
            )


class TestSuperseding:
    def test_both_ends_say_so(self, me, framework, lead) -> None:
        old = record(framework, lead, name="First word")
        shown = soup(me.get(url("decision", old.pk)))
        again = shown.find("a", string="Decide again")["href"]
        me.post(f"{again}&a.data=No&a.users=1", {"name": "Second word"})
        old.refresh_from_db()
        new = Decision.objects.get(name="Second word")
        assert (old.state, old.superseded_by) == ("superseded", new)
        assert "Second word" in me.get(url("decision", old.pk)).content.decode()
        assert "First word" in me.get(url("decision", new.pk)).content.decode()
        taken = me.get(url("decision_download", old.pk)).content.decode()
        assert "**Another decision takes its place:** Second word" in taken
        taken = me.get(url("decision_download", new.pk)).content.decode()
        assert "**Takes the place of:** First word" in taken
        Decision.objects.filter(pk=old.pk).update(decided_by=None, is_open=False)
        taken = me.get(url("decision_download", new.pk)).content.decode()
        assert "First word" not in taken

    def test_the_old_one_holds_until_the_new_one_is_approved(self, framework, lead) -> None:
        commander = person()
        old = record(framework, lead)
        new = record(framework, lead, ESCALATE, approver=commander, supersedes=old)
        old.refresh_from_db()
        assert old.state == "accepted"
        services.decide_on(decision=new, by=commander, approve=False, note="No")
        old.refresh_from_db()
        assert (old.state, old.superseded_by) == ("accepted", None)
        newer = record(framework, lead, ESCALATE, approver=commander, supersedes=old)
        services.decide_on(decision=newer, by=commander, approve=True)
        old.refresh_from_db()
        assert (old.state, old.superseded_by) == ("superseded", newer)

    def test_only_who_decided_supersedes(self, client, framework, lead) -> None:
        old = record(framework, lead)
        client.force_login(person("Viewers"))
        address = f"{url('decision_walk', framework.pk)}?supersedes={old.pk}"
        assert client.get(address).status_code == 403
        assert client.get(f"{url('decision_walk', framework.pk)}?supersedes=x").status_code == 200


class TestWhoSees:
    def test_the_predicate_and_the_query_agree(self, framework, lead) -> None:
        reader, admin = person("Viewers"), person(administrator=True)
        closed = ArtifactFactory.of(
            DecisionFrameworkPage, body=[part(DecisionFrameworkPage, "decision_tree")]
        )
        close(closed, group("Editors"))
        record(framework, lead)
        record(framework, lead, is_open=False)
        record(framework, lead, ESCALATE, approver=reader, is_open=False)
        record(closed, lead)
        for who, count in {lead: 4, reader: 2, person("Editors"): 2, admin: 4}.items():
            access = access_for(who)
            by_query = set(readable(Decision.objects.all(), who, access))
            assert by_query == {one for one in Decision.objects.all() if may_read(one, who, access)}
            assert len(by_query) == count

    def test_what_one_may_not_see_does_not_exist(self, client, framework, lead) -> None:
        decision = record(framework, lead, is_open=False)
        client.force_login(person("Viewers"))
        for name in ("decision", "decision_download"):
            assert client.get(url(name, decision.pk)).status_code == 404
        assert "Shop outage" not in client.get(url("decisions")).content.decode()

    def test_the_words_of_what_is_unpublished_stay_with_who_decided(
        self, client, framework, lead
    ) -> None:
        decision = record(framework, lead)
        framework.unpublish()
        client.force_login(lead)
        assert client.get(url("decision", decision.pk)).status_code == 200
        reader = person("Viewers")
        assert not may_read(Decision.objects.get(pk=decision.pk), reader, access_for(reader))
        client.force_login(reader)
        assert client.get(url("decision", decision.pk)).status_code == 404

    def test_deciding_for_another_is_refused(self, framework, lead) -> None:
        decision = record(framework, lead, ESCALATE, approver=person())
        with pytest.raises(PermissionDenied):
            services.decide_on(decision=decision, by=person(administrator=True), approve=True)

    def test_lists_cost_the_same_for_few_and_many(
        self, me, framework, lead, django_assert_max_num_queries
    ) -> None:
        for number in range(30):
            record(framework, lead, name=f"Case {number}")
        with django_assert_max_num_queries(10):
            me.get(url("decisions"))
