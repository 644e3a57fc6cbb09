"""What steps ask for in a run: numbers, given answers, conditions; and what is sent twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog.models import Artifact, ChecklistPage
from knowledge.governance.models import Feedback
from knowledge.practice.errors import RunRefused
from knowledge.practice.models import Run
from knowledge.practice.services import runs
from tests.factories import ArtifactFactory, person
from tests.knowledge.practice.runs.helpers import move, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


# For who asks and what they may see, to keep it under the lock, and to show what changed.
TICK_QUERIES = 18


def asking(**rate) -> Artifact:
    """A question with three answers; two steps that hang on it, one of those on the other; a number."""
    steps = [
        {"task": "Which kind?", "evidence": "choice", "answers": "Web\nData\nBoth"},
        {
            "task": "Is it reversible?",
            "evidence": "choice",
            "answers": "Yes\nNo",
            "only_after": "Which kind?",
            "only_if": "Data\nBoth",
        },
        {"task": "Copy it first", "only_after": "Is it reversible?", "only_if": "No"},
        {
            "task": "Error rate",
            "evidence": "number",
            "unit": "%",
            "minimum": "0",
            "maximum": "1.5",
            **rate,
        },
    ]
    value = {"title": "Release", "steps": steps}
    return ArtifactFactory.of(ChecklistPage, body=[{"type": "checklist", "value": value}])


@pytest.fixture
def asked(lead) -> Run:
    return start(asking(), lead)


def states(run: Run) -> list[str]:
    return [one.state for one in run.steps.order_by("position")]


class TestNumbers:
    @pytest.mark.parametrize(
        ("said", "kept"), [("1.50", "1.5"), (" 0,25 ", "0.25"), ("0", "0"), ("1e-1", "0.1")]
    )
    def test_a_number_within_its_bounds_is_kept(self, asked, lead, said, kept) -> None:
        move(asked, "Error rate", lead, answer=said)
        assert step(asked, "Error rate").answer == kept
        assert asked.events.first().text == f"{kept} %"

    @pytest.mark.parametrize("said", ["1.6", "-0.1"])
    def test_beyond_them_it_is_refused_with_the_bounds(self, asked, lead, said) -> None:
        with pytest.raises(RunRefused, match="from 0 to 1.5 %") as refusal:
            move(asked, "Error rate", lead, answer=said)
        assert refusal.value.field == "answer"
        assert step(asked, "Error rate").state == "todo"

    @pytest.mark.parametrize("said", ["", "much", "NaN", "Infinity", "1e99", "1,000.5", "1,400"])
    def test_what_is_no_number_is_refused(self, asked, lead, said) -> None:
        with pytest.raises(RunRefused, match="Enter a number"):
            move(asked, "Error rate", lead, answer=said)

    def test_beyond_them_it_may_count_as_failed_and_the_owner_hears(self, lead) -> None:
        run = start(asking(beyond="fail"), lead)
        move(run, "Error rate", lead, answer="7", text="Since the deployment.")
        kept = step(run, "Error rate")
        assert (kept.state, kept.answer) == ("failed", "7")
        assert kept.note == "7 is not as it should be: from 0 to 1.5 %. Since the deployment."
        assert kept.note in Feedback.objects.get().text

    @pytest.mark.parametrize("said", ["7", "7,0", "1.50"])
    def test_the_same_sent_twice_counts_once(self, lead, said) -> None:
        run = start(asking(beyond="fail"), lead)
        for _again in range(2):
            move(run, "Error rate", lead, answer=said, text="Since the deployment.")
        kept = step(run, "Error rate")
        assert (run.events.filter(step=kept).count(), kept.revision) == (1, 1)
        assert Feedback.objects.count() == (kept.state == "failed")
        move(run, "Error rate", lead, answer="8", text="Since the deployment.")
        assert run.events.filter(step=kept).count() == 2


class TestConditions:
    def test_a_step_waits_for_the_answer_that_decides_about_it(self, asked, lead) -> None:
        with pytest.raises(RunRefused, match="Answer “Which kind\\?” first"):
            move(asked, "Is it reversible?", lead, answer="Yes")

    @pytest.mark.parametrize("said", ["", "Neither", "web"])
    def test_only_given_answers_are_taken(self, asked, lead, said) -> None:
        with pytest.raises(RunRefused) as refusal:
            move(asked, "Which kind?", lead, answer=said)
        assert refusal.value.field == "answer"

    def test_an_answer_leaves_out_what_hangs_on_others_and_the_rule_is_named(
        self, asked, lead
    ) -> None:
        move(asked, "Which kind?", lead, answer="Web")
        assert states(asked) == ["done", "skipped", "skipped", "todo"]
        line = asked.events.get(step__title="Is it reversible?")
        assert line.text == ("by its rule, only when “Which kind?” was answered “Data” or “Both”")
        with pytest.raises(RunRefused, match="left out"):
            move(asked, "Copy it first", lead)

    def test_another_answer_brings_it_back(self, asked, lead) -> None:
        move(asked, "Which kind?", lead, answer="Web")
        move(asked, "Which kind?", lead, answer="Both")
        assert states(asked) == ["done", "todo", "todo", "todo"]
        move(asked, "Is it reversible?", lead, answer="Yes")
        assert states(asked) == ["done", "done", "skipped", "todo"]
        move(asked, "Which kind?", lead, to="todo")
        assert states(asked) == ["todo", "done", "skipped", "todo"]

    def test_a_question_that_is_skipped_was_answered_with_nothing(self, asked, lead) -> None:
        move(asked, "Which kind?", lead, to="skipped", text="Nobody knows")
        assert states(asked) == ["skipped", "skipped", "skipped", "todo"]

    def test_what_a_rule_leaves_out_is_a_proof_all_the_same(self, asked, lead) -> None:
        move(asked, "Which kind?", lead, answer="Web")
        move(asked, "Error rate", lead, answer="1")
        runs.end(run=asked, by=lead, outcome="succeeded")
        asked.artifact.refresh_from_db()
        assert asked.artifact.proved_on == timezone.localdate()

    def test_an_answer_costs_the_same_however_much_hangs_on_it(
        self, asked, lead, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(17):
            move(asked, "Which kind?", lead, answer="Web")
        with django_assert_num_queries(11):
            move(asked, "Error rate", lead, answer="1")


class TestSentTwice:
    def test_one_id_counts_once_whatever_came_between(self, asked, lead) -> None:
        move(asked, "Error rate", lead, answer="1", seen=0, tick="a")
        move(asked, "Error rate", person(), to="todo", seen=1)
        move(asked, "Error rate", lead, answer="1", seen=0, tick="a")
        assert step(asked, "Error rate").state == "todo"
        assert asked.events.filter(tick="a").count() == 1

    def test_it_is_no_error_after_the_end(self, asked, lead) -> None:
        move(asked, "Error rate", lead, answer="1", tick="a")
        runs.end(run=asked, by=lead, outcome="abandoned", summary="Late")
        move(asked, "Error rate", lead, answer="1", tick="a")

    def test_a_comment_counts_once_too(self, asked, lead) -> None:
        for _time in range(2):
            runs.say(run=asked, by=lead, text="Here", tick="b")
        assert asked.events.filter(sort="comment").count() == 1

    @pytest.mark.parametrize(("hours", "is_said"), [(3, True), (0, False), (24 * 30, False)])
    def test_the_log_says_when_it_was_noted(self, asked, lead, hours, is_said) -> None:
        noted = timezone.now() - timedelta(hours=hours)
        move(asked, "Error rate", lead, answer="1", noted_at=noted)
        assert ("noted without network" in asked.events.first().text) is is_said


class TestWrongSteps:
    def test_who_keeps_the_artifact_hears_once(self, asked, lead) -> None:
        for text in ("The rate is per mille", "Still"):
            runs.say(
                run=asked,
                by=lead,
                text=text,
                step_id=step(asked, "Error rate").pk,
                is_wrong=True,
            )
        told = Feedback.objects.get()
        assert (told.sort, told.cause) == ("doubt", "Error rate")
        assert "The rate is per mille" in told.text
        assert f"/runs/{asked.pk}/" in told.text
        assert asked.events.filter(sort="doubt").count() == 2

    def test_a_comment_alone_tells_nobody(self, asked, lead) -> None:
        runs.say(run=asked, by=lead, text="Hm", step_id=step(asked, "Error rate").pk)
        assert not Feedback.objects.exists()
        assert asked.events.first().step.title == "Error rate"


class TestThePage:
    def test_bounds_stand_at_the_field_and_refusals_too(self, client, asked, lead) -> None:
        client.force_login(lead)
        rate = step(asked, "Error rate")
        address = reverse("practice:run_move", args=[asked.pk, rate.pk])
        assert "from 0 to 1.5 %" in client.get(address).content.decode()
        answer = client.post(address, {"to": "done", "answer": "7"})
        assert answer.status_code == 400
        assert "Enter a number, from 0 to 1.5 %." in answer.content.decode()
        assert 'value="7"' in answer.content.decode()

    def test_a_tick_is_answered_with_what_changed(self, client, lead) -> None:
        run = start(long(40), lead)
        client.force_login(lead)
        shown = self.tick(client, run, "Step 0").content.decode()
        assert [name in shown for name in ("Step 0<", "Step 1<", "Step 2<")] == [True, True, False]
        assert "1 of 40 steps" in shown
        all_of_it = client.get(reverse("practice:run_changes", args=[run.pk])).content.decode()
        assert "Step 39<" in all_of_it

    def test_what_others_did_meanwhile_comes_when_it_is_asked_for(self, client, lead) -> None:
        run = start(long(40), lead)
        shown = str(run.last_event)
        move(run, "Step 7", person())
        client.force_login(lead)
        piece = self.tick(client, run, "Step 0").content.decode()
        assert [name in piece for name in ("Step 0<", "Step 1<", "Step 7<")] == [True, True, False]
        assert "2 of 40 steps" in piece
        # The page asks from what it has whole.
        assert f'data-event="{shown}"' in piece
        address = reverse("practice:run_changes", args=[run.pk])
        news = client.get(address, {"after": shown}).content.decode()
        assert [name in news for name in ("Step 0<", "Step 7<", "Step 9<")] == [True, True, False]
        run.refresh_from_db()
        assert f'data-event="{run.last_event}"' in news

    def test_in_a_plan_a_tick_asks_for_the_roles_too(
        self, client, lead, django_assert_num_queries
    ) -> None:
        run = start(long(40), lead)
        Run.objects.filter(pk=run.pk).update(kind="action-plan")
        client.force_login(lead)
        self.tick(client, run, "Step 0")
        run.refresh_from_db()
        with django_assert_num_queries(TICK_QUERIES + 1):
            self.tick(client, run, "Step 1")

    @pytest.mark.parametrize("steps", [3, 200])
    def test_a_tick_costs_the_same_in_a_short_run_and_a_long_one(
        self, client, lead, steps, django_assert_num_queries
    ) -> None:
        run = start(long(steps), lead)
        client.force_login(lead)
        self.tick(client, run, "Step 0")
        run.refresh_from_db()
        with django_assert_num_queries(TICK_QUERIES):
            self.tick(client, run, "Step 1")

    def tick(self, client, run: Run, title: str):
        headers = {"X-Run-Piece": "1", "X-Run-After": str(run.last_event)}
        address = reverse("practice:run_move", args=[run.pk, step(run, title).pk])
        return client.post(address, {"to": "done", "seen": "0", "tick": title}, headers=headers)


def long(number: int) -> Artifact:
    steps = [{"task": f"Step {one}", "detail": "<p>As it is written.</p>"} for one in range(number)]
    body = [{"type": "checklist", "value": {"title": "Long", "steps": steps}}]
    return ArtifactFactory.of(ChecklistPage, body=body)
