"""Who does a step and until when; what happens when the time is up."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog.models import PlaybookPage
from knowledge.practice import tasks
from knowledge.practice.errors import RunOver, RunRefused
from knowledge.practice.models import Run
from knowledge.practice.services import deadlines, leading, runs
from tests.factories import ArtifactFactory, close, group, person
from tests.knowledge.practice.runs.helpers import move, playbook, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def gated(lead) -> Run:
    return start(playbook(), lead)


@pytest.fixture
def timed(lead) -> Run:
    """One step of ten minutes from its own start, one of twenty from that of the run."""
    steps = [
        {"title": "Stop", "limit_minutes": 10, "owner_role": "Duty"},
        {"title": "Tell", "limit_minutes": 20, "limit_from": "run"},
    ]
    page = ArtifactFactory.of(PlaybookPage, body=[{"type": "steps", "value": {"steps": steps}}])
    return start(page, lead)


def name(run: Run, who, by, title: str = "Prepare"):
    return leading.name_for_step(run=run, step_id=step(run, title).pk, person=who, by=by)


class TestNaming:
    def test_the_lead_names_somebody_who_then_takes_part(self, gated, lead) -> None:
        other = person()
        name(gated, other, lead)
        assert step(gated, "Prepare").person == other
        assert other in gated.people.all()
        assert gated.events.first().sort == "named"

    def test_others_take_over_and_give_back_what_is_theirs(self, gated, lead) -> None:
        one, two = person(), person()
        name(gated, one, one)
        name(gated, two, two)
        assert step(gated, "Prepare").person == two
        with pytest.raises(PermissionDenied):
            name(gated, None, one)
        with pytest.raises(PermissionDenied):
            name(gated, one, two)
        name(gated, None, two)
        assert step(gated, "Prepare").person is None

    def test_nobody_is_named_who_may_not_read_the_artifact(self, gated, lead) -> None:
        close(gated.artifact, group("Editors"))
        with pytest.raises(RunRefused, match="may not read"):
            name(gated, person("Viewers"), lead)

    def test_a_gate_is_passed_by_its_role_all_the_same(self, gated, lead) -> None:
        approver, other = person(), person()
        runs.give_role(run=gated, role="Approver", person=approver, by=lead)
        move(gated, "Prepare", lead)
        name(gated, other, lead, "Ready")
        with pytest.raises(RunRefused, match="Only the role"):
            move(gated, "Ready", other)

    def test_after_the_end_nobody_is(self, gated, lead) -> None:
        runs.end(run=gated, by=lead, outcome="abandoned", summary="x")
        with pytest.raises(RunOver):
            name(gated, lead, lead)

    def test_the_page_of_a_step_does_it(self, client, gated, lead) -> None:
        other, prepare = person(), step(gated, "Prepare")
        address = reverse("practice:run_person", args=[gated.pk, prepare.pk])
        client.force_login(other)
        client.post(address, {"deed": "take"})
        assert step(gated, "Prepare").person == other
        assert client.post(address, {"deed": "name", "person": lead.username}).status_code == 403
        client.post(address, {"deed": "give-back"})
        assert step(gated, "Prepare").person is None
        client.force_login(lead)
        answer = client.post(address, {"deed": "name", "person": "nobody"})
        assert answer.status_code == 400
        assert "Nobody here is known" in answer.content.decode()
        client.post(address, {"deed": "name", "person": other.email})
        assert step(gated, "Prepare").person == other

    @pytest.mark.parametrize("route", ["run_person", "run_due", "run_step_say", "run_move"])
    def test_who_does_not_see_the_run_finds_nothing(self, client, lead, route) -> None:
        run = start(playbook(), lead, is_open=False)
        client.force_login(person("Viewers"))
        address = reverse(f"practice:{route}", args=[run.pk, step(run, "Prepare").pk])
        assert client.post(address, {"deed": "take", "text": "x"}).status_code == 404
        client.force_login(lead)
        strange = reverse(f"practice:{route}", args=[run.pk, 999_999])
        said = {"deed": "take", "text": "x", "due": "2090-01-01T10:00", "to": "done"}
        assert client.post(strange, said).status_code == 404


class TestDeadlines:
    def test_minutes_count_from_the_step_or_from_the_run(self, timed, lead) -> None:
        assert step(timed, "Stop").deadline is None
        assert step(timed, "Tell").deadline == timed.started_at + timedelta(minutes=20)
        begun = move(timed, "Stop", lead, to="doing")
        assert begun.deadline == begun.begun_at + timedelta(minutes=10)
        assert move(timed, "Stop", lead, to="todo").deadline is None

    def test_the_lead_sets_a_time_of_its_own(self, client, timed, lead) -> None:
        client.force_login(lead)
        address = reverse("practice:run_due", args=[timed.pk, step(timed, "Tell").pk])
        assert client.post(address, {"due": "2090-01-31T14:30"}).status_code == 302
        local = timezone.localtime(step(timed, "Tell").deadline)
        assert (local.year, local.hour, local.minute) == (2090, 14, 30)
        for wrong in ("2001-01-31T14:30", "soon"):
            assert client.post(address, {"due": wrong}).status_code == 400
        client.post(address, {"due": ""})
        assert step(timed, "Tell").deadline == timed.started_at + timedelta(minutes=20)
        client.force_login(person())
        assert client.post(address, {"due": "2090-01-31T14:30"}).status_code == 403

    def test_the_page_shows_the_time_without_scripts(self, client, timed, lead) -> None:
        client.force_login(lead)
        shown = client.get(reverse("practice:run", args=[timed.pk])).content.decode()
        assert "data-run-timer" in shown
        assert "Begin: 10 minutes" in shown

    def test_who_does_it_and_who_leads_are_told_once(self, timed, lead, mailoutbox) -> None:
        duty, later = person(), timezone.now() + timedelta(minutes=11)
        runs.give_role(run=timed, role="Duty", person=duty, by=lead)
        move(timed, "Stop", lead, to="doing")
        assert deadlines.waiting(now=later - timedelta(minutes=5)) == []
        (waiting,) = deadlines.waiting(now=later)
        assert deadlines.tell(step_id=waiting, now=later)
        assert not deadlines.tell(step_id=waiting, now=later)
        assert deadlines.waiting(now=later) == []
        assert {mail.to[0] for mail in mailoutbox} == {duty.email, lead.email}
        assert len(mailoutbox) == 2
        assert "Stop" in mailoutbox[0].subject
        assert f"/runs/{timed.pk}/#step-{waiting}" in mailoutbox[0].body
        line = timed.events.first()
        assert (line.sort, line.by, line.by_name) == ("overdue", None, "The portal")

    def test_another_deadline_is_another_matter(self, timed, lead) -> None:
        tell, later = step(timed, "Tell"), timezone.now() + timedelta(minutes=21)
        deadlines.tell(step_id=tell.pk, now=later)
        due = later + timedelta(minutes=5)
        leading.set_due(run=timed, step_id=tell.pk, due=due, by=lead, now=later)
        assert deadlines.waiting(now=due) == [tell.pk]

    def test_what_is_settled_or_ended_is_nobodys_concern(self, timed, lead) -> None:
        later = timezone.now() + timedelta(hours=1)
        assert len(deadlines.waiting(now=later)) == 1
        move(timed, "Tell", lead)
        assert deadlines.waiting(now=later) == []
        move(timed, "Tell", lead, to="todo")
        runs.end(run=timed, by=lead, outcome="abandoned", summary="x")
        assert deadlines.waiting(now=later) == []

    def test_who_lost_the_artifact_hears_nothing(self, timed, lead, mailoutbox) -> None:
        close(timed.artifact, group("Insiders"))
        later = timezone.now() + timedelta(hours=1)
        deadlines.tell(step_id=step(timed, "Tell").pk, now=later)
        assert mailoutbox == []

    def test_the_clockwork_does_it(self, timed, mailoutbox) -> None:
        timed.steps.filter(title="Tell").update(deadline=timezone.now())
        for _round in range(2):
            tasks.watch_deadlines()
        assert len(mailoutbox) == 1
