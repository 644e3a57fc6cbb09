"""What is made for a team: who sees it and takes part, and what becomes of that."""

import pytest

from knowledge.catalog.permissions import access_for
from knowledge.practice.assessments import questions
from knowledge.practice.assessments import services as rounds
from knowledge.practice.models import Run
from knowledge.practice.permissions import leads
from knowledge.practice.services import runs, steps
from knowledge.practice.teams import services
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.weighing import services as weighings
from tests.factories import close, group, person, team
from tests.knowledge.practice.teams.records import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
EVERY = pytest.mark.parametrize("kind", RECORDS.values(), ids=RECORDS)


def seen(kind, who):
    """By both forms of the rule, which are equal."""
    access = access_for(who)
    rows = kind.model.objects.select_related("artifact").order_by("pk")
    by_query = set(kind.readable(rows, who, access))
    assert by_query == {one for one in rows if kind.may_read(one, who, access)}, who
    return by_query


@EVERY
def test_the_predicate_and_the_query_agree(kind):
    ada, bob, eve, reader = (person("Viewers", username=n) for n in ("ada", "bob", "eve", "rea"))
    editor, admin = person("Editors"), person(administrator=True)
    ours, theirs = team(ada, bob, editor), team(eve, name="Platform")
    page, closed, gone = kind.page(), kind.page(slug="closed"), kind.page(slug="gone")
    private = kind.make(ada, page, team=ours)
    open_to_all = kind.make(ada, page, team=ours, is_open=True)
    foreign = kind.make(eve, page, team=theirs)
    alone = kind.make(ada, page)
    behind = kind.make(editor, closed, team=ours)
    left = kind.make(ada, gone, team=ours, is_open=True)
    hidden = kind.make(ada, kind.page(slug="drawn"), team=ours, is_open=True)
    close(closed, group("Editors"))
    gone.delete()
    hidden.artifact.unpublish()
    assert seen(kind, ada) == {private, open_to_all, alone, left, hidden}
    assert seen(kind, bob) == {private, open_to_all, left, hidden}
    assert seen(kind, editor) == {private, open_to_all, behind, left, hidden}
    assert seen(kind, eve) == {open_to_all, foreign}
    assert seen(kind, reader) == {open_to_all}
    assert seen(kind, admin) == set(kind.model.objects.all())
    services.remove_member(team=ours, by=ada, person=bob)
    assert seen(kind, bob) == {open_to_all}


@EVERY
def test_only_a_member_makes_something_for_a_team(kind):
    ours = team(person())
    with pytest.raises(TeamRefused) as refusal:
        kind.make(person("Viewers"), team=ours)
    assert refusal.value.field == "team"


@EVERY
def test_a_team_that_ends_leaves_its_records_to_the_people_named(kind):
    ada, bob = person("Viewers"), person("Viewers")
    ours = team(ada, bob)
    made = kind.make(ada, team=ours)
    services.delete(team=ours, by=ada)
    assert seen(kind, ada) == {made}
    assert seen(kind, bob) == set()


def test_taking_part_names_nobody_who_is_there_by_the_team():
    ada, bob = person("Viewers"), person("Viewers")
    ours = team(ada, bob)
    run = RECORDS["run"].make(ada, team=ours)
    steps.move(run=run, step_id=run.steps.first().pk, by=bob, to="doing")
    runs.say(run=run, by=bob, text="Begun")
    one = RECORDS["round"].make(ada, team=ours)
    rounds.answer(one=one, by=bob, answers={}, seen=0, give=False)
    matrix = RECORDS["matrix"].make(ada, team=ours)
    weighings.score(row=matrix, by=bob, scores={"0.0": "1", "1.0": "2"}, seen=0)
    assert all(seen(RECORDS[name], bob) for name in ("run", "round", "matrix"))
    services.remove_member(team=ours, by=ada, person=bob)
    assert not any(seen(RECORDS[name], bob) for name in ("run", "round", "matrix"))


def test_who_is_named_in_a_run_keeps_it_without_the_team():
    ada, bob = person("Viewers"), person("Viewers")
    ours = team(ada, bob)
    run = RECORDS["run"].make(ada, team=ours)
    runs.hand_over(run=run, to=bob, by=ada, text="Half done")
    services.remove_member(team=ours, by=ada, person=bob)
    assert seen(RECORDS["run"], bob) == {run}


def test_somebody_from_outside_who_joins_an_open_run_is_named_in_it():
    ada, eve = person("Viewers"), person("Viewers")
    run = RECORDS["run"].make(ada, team=team(ada), is_open=True)
    runs.say(run=run, by=eve, text="May I?")
    assert eve in run.people.all()


def test_a_lead_of_the_team_leads_its_runs():
    ada, bob, eve = person("Viewers"), person("Viewers"), person("Viewers")
    run = Run.objects.get(pk=RECORDS["run"].make(bob, team=team(ada, bob, eve)).pk)
    assert leads(run, ada)
    assert leads(run, bob)
    assert not leads(run, eve)


def test_what_is_decided_by_a_matrix_of_the_team_is_a_decision_of_the_team():
    ada, bob = person("Viewers"), person("Viewers")
    ours = team(ada, bob)
    page = RECORDS["matrix"].page()
    matrix = RECORDS["matrix"].make(ada, page, team=ours)
    weighings.score(row=matrix, by=bob, scores={"0.0": "4", "1.0": "2"}, seen=0)
    made = weighings.decide(row=matrix, by=ada, page=page, option="Large", reason="")
    assert made.team == ours
    assert seen(RECORDS["decision"], bob) == {made}


def test_earlier_rounds_of_another_team_are_not_compared(client):
    """Who opened both rounds is the same; who may see them is not."""
    ada, bob = person("Viewers"), person("Viewers")
    ours, theirs = team(ada, bob), team(ada, name="Platform")
    kind, page = RECORDS["round"], RECORDS["round"].page()
    before = kind.make(ada, page, team=theirs, name="Of the others")
    now = kind.make(ada, page, team=ours, name="Of ours")
    for one in (before, now):
        answer_all(one, ada)
    client.force_login(ada)
    assert "Of the others" not in client.get(f"/assessments/{now.pk}/").content.decode()
    newer = kind.make(bob, page, team=ours, name="Later")
    answer_all(newer, ada)
    answer_all(newer, bob)
    client.force_login(bob)
    shown = client.get(f"/assessments/{newer.pk}/").content.decode()
    assert "Of the others" not in shown


def answer_all(one, by):
    keys = questions.questions_from(one.parts).keys
    rounds.answer(one=one, by=by, answers=dict.fromkeys(keys, "2"), seen=0, give=True)
