"""What can be run, and what a run takes along when it starts."""

import pytest
from django.utils import timezone

from knowledge.catalog import models
from knowledge.practice.errors import NothingToRun, RunRefused
from knowledge.practice.models import Run
from knowledge.practice.selectors.runnable import can_run, steps_of
from knowledge.practice.services import runs
from tests.factories import ArtifactFactory, close, complete_body, group, person
from tests.knowledge.practice.runs.helpers import checklist, playbook, start

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
RUN = [
    models.PlaybookPage,
    models.RunbookPage,
    models.ChecklistPage,
    models.SopPage,
    models.RolloutPlanPage,
    models.RecoveryPlanPage,
    models.ActionPlanPage,
]


@pytest.mark.parametrize("model", RUN, ids=lambda model: model.__name__)
def test_every_kind_with_steps_can_be_run(model) -> None:
    page = ArtifactFactory.of(model, body=complete_body(model))
    assert can_run(page)
    assert all(step.title for _heading, step in steps_of(page))


@pytest.mark.parametrize("model", [models.ArticlePage, models.TemplatePage, models.GuidePage])
def test_what_has_no_steps_or_only_tells_of_them_cannot(model) -> None:
    page = ArtifactFactory.of(model)
    assert not can_run(page)
    with pytest.raises(NothingToRun):
        start(page, person())


def test_gates_alone_are_no_work() -> None:
    gates = {"gates": [{"name": "Ready", "criterion": "All is green"}]}
    page = ArtifactFactory.of(models.GuidePage, body=[{"type": "quality_gates", "value": gates}])
    assert not can_run(page)


def test_archived_ones_are_not_started() -> None:
    page = checklist(archived_at=timezone.now())
    with pytest.raises(NothingToRun):
        start(page, person())


def test_drafts_are_not_started() -> None:
    with pytest.raises(NothingToRun):
        start(checklist(live=False), person())


def test_the_run_keeps_its_words_when_the_artifact_moves_on() -> None:
    page, lead = checklist(), person()
    run = start(page, lead)
    was = run.version
    page.body = [{"type": "checklist", "value": {"title": "New", "steps": [{"task": "Other"}]}}]
    page.body = page._meta.get_field("body").to_python(page.body)
    page.save_revision().publish()
    run.refresh_from_db()
    assert [one.title for one in run.steps.all()] == [
        "Read the changes",
        "Tell support",
        "Warm the cache",
    ]
    assert run.version == was
    page.refresh_from_db()
    assert page.version != was


def test_the_run_outlives_the_artifact() -> None:
    page, lead = checklist(), person()
    run = start(page, lead)
    page.delete()
    run.refresh_from_db()
    assert (run.artifact, run.title, run.steps.count()) == (None, "Release", 3)


def test_roles_are_those_of_the_steps_and_who_has_one_takes_part() -> None:
    lead, other = person(), person()
    run = start(playbook(), lead, roles={"Approver": other, "Nobody's": lead})
    assert {role.name: role.person for role in run.roles.all()} == {"Lead": None, "Approver": other}
    assert set(run.people.all()) == {lead, other}


def test_nobody_gets_a_role_who_may_not_read_the_artifact() -> None:
    page, lead, outsider = playbook(), person("Editors"), person()
    close(page.get_parent(), group("Editors"))
    with pytest.raises(RunRefused, match="may not read"):
        start(page, lead, roles={"Approver": outsider})
    assert not Run.objects.exists()


def test_timelines_say_from_which_minute() -> None:
    phases = {"phases": [{"phase": "pause", "at_minute": 15, "action": "Stop all"}]}
    page = ArtifactFactory.of(models.RecoveryPlanPage, body=[{"type": "timeline", "value": phases}])
    step = start(page, person()).steps.get()
    assert (step.title, step.at_minute) == ("Pause: Stop all", 15)


def test_there_is_an_end_to_the_steps(monkeypatch) -> None:
    monkeypatch.setattr(runs, "MAX_STEPS", 2)
    assert start(checklist(), person()).steps.count() == 2
