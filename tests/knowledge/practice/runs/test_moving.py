"""Ticking steps, passing gates, ending: what is asked for, what is refused, what the log says."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from knowledge.governance.models import Feedback
from knowledge.practice.errors import ChangedMeanwhile, RunOver, RunRefused
from knowledge.practice.models import Run, RunStep
from knowledge.practice.services import runs
from tests.factories import person
from tests.knowledge.practice.runs.helpers import move, playbook, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def gated(lead) -> Run:
    return start(playbook(), lead)


def log(run: Run) -> list[str]:
    return [event.sort for event in run.events.order_by("number")]


class TestSteps:
    def test_a_tick_is_kept_with_who_and_when(self, run, lead) -> None:
        move(run, "Tell support", lead)
        ticked = step(run, "Tell support")
        assert (ticked.state, ticked.changed_by) == ("done", lead)
        assert timezone.now() - ticked.changed_at < timedelta(minutes=1)
        assert log(run) == ["started", "done"]

    def test_the_same_tick_twice_counts_once(self, run, lead) -> None:
        move(run, "Tell support", lead)
        move(run, "Tell support", lead, seen=0)
        assert log(run) == ["started", "done"]
        assert step(run, "Tell support").revision == 1

    @pytest.mark.parametrize("to", ["done", "skipped", "failed", "blocked"])
    def test_the_same_words_twice_count_once(self, run, lead, to) -> None:
        for _time in range(2):
            move(run, "Read the changes", lead, to=to, text="As I said.", seen=0)
        run.refresh_from_db()
        assert (run.last_event, step(run, "Read the changes").revision) == (2, 1)
        move(run, "Read the changes", lead, to=to, text="Something else.")
        assert step(run, "Read the changes").note == "Something else."

    def test_nobody_overwrites_what_they_have_not_seen(self, run, lead) -> None:
        move(run, "Tell support", lead, to="blocked", text="Nobody answers", seen=0)
        with pytest.raises(ChangedMeanwhile):
            move(run, "Tell support", person(), to="doing", seen=0)
        assert step(run, "Tell support").note == "Nobody answers"

    def test_evidence_is_asked_for(self, run, lead) -> None:
        with pytest.raises(RunRefused) as refusal:
            move(run, "Read the changes", lead, text="   ")
        assert refusal.value.field == "text"
        move(run, "Read the changes", lead, text="Nothing odd")
        assert step(run, "Read the changes").note == "Nothing odd"

    @pytest.mark.parametrize("to", ["skipped", "failed", "blocked"])
    def test_a_reason_is_asked_for(self, run, lead, to) -> None:
        with pytest.raises(RunRefused) as refusal:
            move(run, "Tell support", lead, to=to)
        assert refusal.value.field == "text"
        move(run, "Tell support", lead, to=to, text="Because")
        assert step(run, "Tell support").state == to

    def test_optional_steps_are_skipped_without_a_word(self, run, lead) -> None:
        move(run, "Warm the cache", lead, to="skipped")
        assert step(run, "Warm the cache").state == "skipped"

    @pytest.mark.parametrize("to", ["", "finished", "Done"])
    def test_states_that_do_not_exist(self, run, lead, to) -> None:
        with pytest.raises(RunRefused):
            move(run, "Tell support", lead, to=to)

    def test_a_step_of_another_run_is_not_there(self, run, gated, lead) -> None:
        from knowledge.practice.services import steps

        with pytest.raises(RunStep.DoesNotExist):
            steps.move(run=run, step_id=step(gated, "Prepare").pk, by=lead, to="done")

    @pytest.mark.parametrize(
        "link", ["javascript:alert(1)", "ftp://x.org", "x", "https://x.org/" + "a" * 500]
    )
    def test_links_are_of_the_web(self, run, lead, link) -> None:
        with pytest.raises(RunRefused) as refusal:
            move(run, "Tell support", lead, link=link)
        assert refusal.value.field == "link"

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("x.html", b"<script>alert(1)</script>"),
            ("x.svg", b"<svg/>"),
            ("x.pdf", b"no pdf"),
            ("x.png", b"GIF89a"),
            ("x", b"text"),
        ],
    )
    def test_files_are_what_they_say(self, run, lead, name, content) -> None:
        with pytest.raises(RunRefused) as refusal:
            move(run, "Tell support", lead, file=SimpleUploadedFile(name, content))
        assert refusal.value.field == "file"

    def test_a_file_takes_the_place_of_the_one_before(self, run, lead, committed) -> None:
        first = move(run, "Tell support", lead, file=SimpleUploadedFile("a.txt", b"one")).file
        storage, name = first.storage, first.name
        committed(lambda: move(run, "Tell support", lead, file=SimpleUploadedFile("b.txt", b"two")))
        kept = step(run, "Tell support")
        assert (kept.file_name, kept.file.read()) == ("b.txt", b"two")
        assert not storage.exists(name)

    def test_large_files_are_refused(self, run, lead) -> None:
        large = SimpleUploadedFile("x.txt", b"a")
        large.size = 21 * 1024 * 1024
        with pytest.raises(RunRefused) as refusal:
            move(run, "Tell support", lead, file=large)
        assert "20 MB" in str(refusal.value)

    def test_a_failed_step_reaches_the_owner_once_for_each_cause(
        self, run, lead, mailoutbox, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            move(run, "Tell support", lead, to="failed", text="The address is wrong")
            move(run, "Tell support", lead, to="todo")
            move(run, "Tell support", lead, to="failed", text="Still wrong")
            other = start(run.artifact, lead)
            move(other, "Tell support", lead, to="failed", text="Wrong here too")
        told = Feedback.objects.get()
        assert (told.sort, told.cause, told.version) == ("run", "Tell support", run.version)
        assert "The address is wrong" in told.text
        assert f"/runs/{run.pk}/" in told.text
        assert [mail.to for mail in mailoutbox] == [[run.artifact.owner_user.email]]

    def test_once_it_is_dealt_with_it_may_be_reported_again(self, run, lead) -> None:
        move(run, "Tell support", lead, to="failed", text="Wrong")
        Feedback.objects.update(state=Feedback.State.DONE)
        move(run, "Tell support", lead, to="todo")
        move(run, "Tell support", lead, to="failed", text="Again")
        assert Feedback.objects.count() == 2


class TestGates:
    def test_a_gate_stops_what_follows(self, gated, lead) -> None:
        with pytest.raises(RunRefused, match="The gate “Ready” has to be passed first"):
            move(gated, "Release", lead)
        assert step(gated, "Release").state == "todo"

    def test_it_waits_for_what_stands_before_it(self, gated, lead) -> None:
        runs.give_role(run=gated, role="Approver", person=lead, by=lead)
        with pytest.raises(RunRefused, match="Prepare"):
            move(gated, "Ready", lead)

    def test_without_anybody_in_the_role_nobody_passes_it(self, gated, lead) -> None:
        move(gated, "Prepare", lead)
        with pytest.raises(RunRefused, match="Nobody has the role “Approver”"):
            move(gated, "Ready", lead)

    def test_only_the_role_passes_it_and_the_log_says_who_and_when(self, gated, lead) -> None:
        approver = person("Reviewers")
        runs.give_role(run=gated, role="Approver", person=approver, by=lead)
        move(gated, "Prepare", lead)
        with pytest.raises(RunRefused, match="Only the role “Approver”"):
            move(gated, "Ready", lead)
        move(gated, "Ready", approver)
        move(gated, "Release", lead)
        event = gated.events.get(sort="gate-passed")
        assert (event.by, event.step.title) == (approver, "Ready")
        assert timezone.now() - event.at < timedelta(minutes=1)

    def test_an_administrator_does_not_pass_for_another(self, gated, lead) -> None:
        runs.give_role(run=gated, role="Approver", person=person(), by=lead)
        move(gated, "Prepare", lead)
        with pytest.raises(RunRefused):
            move(gated, "Ready", person(administrator=True))

    @pytest.mark.parametrize("to", ["skipped", "blocked", "doing"])
    def test_it_is_passed_or_not(self, gated, lead, to) -> None:
        runs.give_role(run=gated, role="Approver", person=lead, by=lead)
        move(gated, "Prepare", lead)
        with pytest.raises(RunRefused):
            move(gated, "Ready", lead, to=to, text="Because")

    def test_a_refusal_names_its_reason_and_goes_on_stopping(self, gated, lead) -> None:
        runs.give_role(run=gated, role="Approver", person=lead, by=lead)
        move(gated, "Prepare", lead)
        with pytest.raises(RunRefused):
            move(gated, "Ready", lead, to="failed")
        move(gated, "Ready", lead, to="failed", text="Two tests are red")
        assert log(gated)[-1] == "gate-refused"
        with pytest.raises(RunRefused):
            move(gated, "Release", lead)
        assert not Feedback.objects.exists()

    def test_what_a_gate_was_passed_on_stays_done(self, gated, lead) -> None:
        runs.give_role(run=gated, role="Approver", person=lead, by=lead)
        move(gated, "Prepare", lead)
        move(gated, "Ready", lead)
        with pytest.raises(RunRefused, match="Take that back first"):
            move(gated, "Prepare", lead, to="todo")
        move(gated, "Ready", lead, to="todo")
        move(gated, "Prepare", lead, to="todo")
        assert log(gated)[-2:] == ["gate-opened", "todo"]


class TestEnding:
    def finish(self, run: Run, by, **said) -> Run:
        return runs.end(run=run, by=by, outcome="succeeded", **said)

    def all_done(self, run: Run, by) -> None:
        move(run, "Read the changes", by, text="Nothing odd")
        move(run, "Tell support", by)

    def test_a_success_is_the_proof_of_the_version(self, run, lead) -> None:
        self.all_done(run, lead)
        self.finish(run, lead, summary="All well")
        run.artifact.refresh_from_db()
        assert run.artifact.proved_on == timezone.localdate()
        assert log(run)[-1] == "ended"
        run.artifact.specific.save_revision().publish()
        run.artifact.refresh_from_db()
        assert run.artifact.proved_on is None

    def test_no_success_while_work_is_left(self, run, lead) -> None:
        with pytest.raises(RunRefused, match="“Read the changes”, “Tell support”"):
            self.finish(run, lead)
        self.all_done(run, lead)
        move(run, "Warm the cache", lead, to="failed", text="No cache")
        with pytest.raises(RunRefused, match="Warm the cache"):
            self.finish(run, lead)

    def test_what_was_skipped_is_no_proof(self, run, lead) -> None:
        self.all_done(run, lead)
        move(run, "Tell support", lead, to="skipped", text="Nobody there")
        self.finish(run, lead)
        run.artifact.refresh_from_db()
        assert run.artifact.proved_on is None

    @pytest.mark.parametrize("outcome", ["failed", "abandoned"])
    def test_other_ends_say_why_and_prove_nothing(self, run, lead, outcome) -> None:
        with pytest.raises(RunRefused) as refusal:
            runs.end(run=run, by=lead, outcome=outcome)
        assert refusal.value.field == "summary"
        runs.end(run=run, by=lead, outcome=outcome, summary="Too late")
        run.artifact.refresh_from_db()
        assert run.artifact.proved_on is None

    @pytest.mark.parametrize("outcome", ["", "running", "won"])
    def test_outcomes_that_do_not_exist(self, run, lead, outcome) -> None:
        with pytest.raises(RunRefused):
            runs.end(run=run, by=lead, outcome=outcome, summary="x")

    def test_an_ended_run_is_a_record(self, run, lead) -> None:
        runs.end(run=run, by=lead, outcome="abandoned", summary="Too late")
        with pytest.raises(RunOver):
            move(run, "Tell support", lead)
        with pytest.raises(RunOver):
            runs.say(run=run, by=lead, text="One thing more")
        with pytest.raises(RunOver):
            runs.end(run=run, by=lead, outcome="succeeded")

    def test_a_run_of_an_old_version_proves_nothing_of_the_new(self, run, lead) -> None:
        self.all_done(run, lead)
        run.artifact.specific.save_revision().publish()
        self.finish(run, lead)
        run.artifact.refresh_from_db()
        assert run.artifact.proved_on is None

    def test_publishing_a_draft_keeps_the_column(self, run, lead) -> None:
        draft = run.artifact.specific.save_revision()
        self.all_done(run, lead)
        self.finish(run, lead)
        draft.publish()
        run.artifact.refresh_from_db()
        assert run.artifact.last_good_run == timezone.localdate()


class TestLeading:
    def test_only_the_lead_ends_hands_over_and_gives_roles(self, gated) -> None:
        other = person()
        for act in (
            lambda: runs.end(run=gated, by=other, outcome="abandoned", summary="x"),
            lambda: runs.hand_over(run=gated, to=other, by=other, text="Mine now"),
            lambda: runs.give_role(run=gated, role="Approver", person=other, by=other),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_a_run_is_handed_over_with_a_word(self, gated, lead) -> None:
        other = person()
        with pytest.raises(RunRefused):
            runs.hand_over(run=gated, to=other, by=lead, text=" ")
        runs.hand_over(run=gated, to=other, by=lead, text="Half done")
        gated.refresh_from_db()
        assert gated.lead == other
        assert "Half done" in gated.events.get(sort="handed-over").text

    def test_a_run_without_a_lead_goes_on(self, gated, lead) -> None:
        other = person()
        lead.delete()
        gated.refresh_from_db()
        runs.hand_over(run=gated, to=other, by=other, text="I take it")
        gated.refresh_from_db()
        assert gated.lead == other

    def test_roles_no_step_names_do_not_exist(self, gated, lead) -> None:
        with pytest.raises(RunRefused):
            runs.give_role(run=gated, role="King", person=lead, by=lead)

    def test_the_log_is_only_added_to(self, run) -> None:
        event = run.events.get()
        event.text = "Other"
        with pytest.raises(TypeError):
            event.save()

    def test_the_log_names_who_is_gone(self, run, lead) -> None:
        name = lead.get_full_name()
        lead.delete()
        assert run.events.get().by_name == name
