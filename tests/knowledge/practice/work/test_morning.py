"""The mail of the morning: what is new for a person, and what is due; once a day, nothing twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from knowledge.catalog.models import AssessmentPage
from knowledge.practice.assessments import services as assessments
from knowledge.practice.services import leading, runs
from knowledge.practice.work import morning, tasks
from tests.factories import ArtifactFactory, close, complete_body, group, person
from tests.knowledge.practice.runs.helpers import checklist, move, start

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def lead() -> Any:
    return person("Viewers")


@pytest.fixture
def ada() -> Any:
    return person("Viewers", username="ada")


def at(day: int = 0, hour: int = 9) -> datetime:
    moment = timezone.localtime() + timedelta(days=day)
    return moment.replace(hour=hour, minute=0)


def told(who: Any, now: datetime) -> int:
    mail.outbox.clear()
    return morning.deliver(person_id=who.pk, now=now)


def test_a_step_that_somebody_was_named_for_is_told_once(lead, ada) -> None:
    run = start(checklist(), lead)
    first = run.steps.first()
    leading.name_for_step(run=run, step_id=first.pk, person=ada, by=lead)
    assert told(ada, at()) == 1
    [letter] = mail.outbox
    assert letter.to == [ada.email]
    assert letter.subject == "1 new thing waits for you"
    assert "New for you" in letter.body
    assert first.title in letter.body
    assert f"/runs/{run.pk}/#step-{first.pk}" in letter.body
    assert told(ada, at()) == 0
    assert told(ada, at(1)) == 0
    assert mail.outbox == []


def test_it_is_told_anew_on_the_day_when_it_is_due(lead, ada) -> None:
    run = start(checklist(), lead)
    first = run.steps.first()
    leading.name_for_step(run=run, step_id=first.pk, person=ada, by=lead)
    leading.set_due(run=run, step_id=first.pk, due=at(2, 18), by=lead)
    assert [told(ada, at(day)) for day in range(4)] == [1, 0, 1, 0]
    told(ada, at(2))
    assert mail.outbox == []


def test_the_rest_stands_below_what_is_new(lead, ada) -> None:
    run = start(checklist(), lead)
    one, two = run.steps.all()[:2]
    leading.name_for_step(run=run, step_id=one.pk, person=ada, by=lead)
    told(ada, at())
    leading.name_for_step(run=run, step_id=two.pk, person=ada, by=lead)
    assert told(ada, at(1)) == 1
    new, _found, known = mail.outbox[0].body.partition("You know of these already")
    assert two.title in new
    assert one.title not in new
    assert one.title in known


def test_what_was_taken_away_and_comes_back_is_new_again(lead, ada) -> None:
    run = start(checklist(), lead)
    first = run.steps.first()
    for day, who in enumerate((ada, None, ada)):
        leading.name_for_step(run=run, step_id=first.pk, person=who, by=lead)
        assert told(ada, at(day)) == (0 if who is None else 1)


def test_own_runs_are_told_of_when_they_are_due_and_not_before(lead) -> None:
    run = start(checklist(), lead)
    runs.Run.objects.filter(pk=run.pk).update(due=at(1).date())
    leading.name_for_step(run=run, step_id=run.steps.first().pk, person=lead, by=lead)
    assert told(lead, at()) == 0
    assert told(lead, at(1)) == 2
    assert mail.outbox[0].subject == "2 things are due"


def test_an_invitation_to_answer_is_told(lead, ada) -> None:
    page = ArtifactFactory.of(AssessmentPage, body=complete_body(AssessmentPage))
    one = assessments.begin(page=page, by=lead, name="Spring", is_open=False)
    assessments.invite(one=one, by=lead, person=ada)
    assert told(ada, at()) == 1
    assert "Spring" in mail.outbox[0].body
    assert told(lead, at()) == 0


def test_nothing_is_told_of_what_was_closed_or_done_meanwhile(lead, ada) -> None:
    page = checklist()
    run = start(page, lead)
    first = run.steps.first()
    leading.name_for_step(run=run, step_id=first.pk, person=ada, by=lead)
    close(page, group("Board"))
    assert told(ada, at()) == 0
    other = start(checklist(), lead)
    leading.name_for_step(run=other, step_id=other.steps.first().pk, person=ada, by=lead)
    move(other, other.steps.first().title, ada, text="Seen")
    assert told(ada, at(1)) == 0


def test_who_stopped_the_mail_gets_none_until_it_is_wanted_again(lead, ada, client: Client) -> None:
    run = start(checklist(), lead)
    leading.name_for_step(run=run, step_id=run.steps.first().pk, person=ada, by=lead)
    client.force_login(ada)
    shown = client.post("/work/mail/", {"_do": "stop"}, follow=True).content.decode()
    assert "No mail is sent about this page any more." in shown
    assert "Send me one in the morning" in shown
    assert ada.pk not in morning.waiting(now=at())
    assert told(ada, at()) == 0
    shown = client.post("/work/mail/", {"_do": "start"}, follow=True).content.decode()
    assert "Stop these mails" in shown
    assert told(ada, at()) == 1


def test_nobody_is_looked_after_at_night_or_twice_a_day(lead, ada) -> None:
    assert morning.waiting(now=at(hour=5)) == []
    assert {lead.pk, ada.pk} <= set(morning.waiting(now=at()))
    told(ada, at())
    assert ada.pk not in morning.waiting(now=at(hour=17))
    assert ada.pk in morning.waiting(now=at(1))


def test_a_mail_server_that_is_away_leaves_all_of_it_due(lead, ada, monkeypatch) -> None:
    run = start(checklist(), lead)
    leading.name_for_step(run=run, step_id=run.steps.first().pk, person=ada, by=lead)

    def refused(*_args: Any, **_kwargs: Any) -> None:
        raise OSError("away")

    with monkeypatch.context() as away:
        away.setattr(morning, "send_mail", refused)
        with pytest.raises(OSError, match="away"):
            told(ada, at())
    assert told(ada, at()) == 1


def test_the_task_reaches_everybody(lead, ada, monkeypatch) -> None:
    run = start(checklist(), lead)
    leading.name_for_step(run=run, step_id=run.steps.first().pk, person=ada, by=lead)
    mail.outbox.clear()
    nine = at()
    monkeypatch.setattr(tasks.timezone, "now", lambda: nine)
    tasks.mail_mornings()
    tasks.mail_mornings()
    assert [letter.to for letter in mail.outbox] == [[ada.email]]


def test_a_thousand_lines_cost_what_one_costs(lead, ada, django_assert_max_num_queries) -> None:
    run = start(checklist(), lead)
    for one in run.steps.all():
        leading.name_for_step(run=run, step_id=one.pk, person=ada, by=lead)
    with django_assert_max_num_queries(30):
        assert told(ada, at()) > 1
