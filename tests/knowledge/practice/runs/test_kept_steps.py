"""Steps are drawn once for many people: each gets the own token, and nobody what was another's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.practice.models import Run
from knowledge.practice.services import leading
from knowledge.practice.templatetags.runs import TOKEN
from tests.factories import person
from tests.knowledge.practice.runs.helpers import checklist, move, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
FIELD = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def browser(user) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def shown(client: Client, run: Run) -> str:
    return client.get(reverse("practice:run", args=[run.pk])).content.decode()


@pytest.fixture
def run(lead) -> Run:
    return start(checklist(), lead)


def test_everybody_ticks_with_the_own_token(run, lead) -> None:
    for user in (lead, person()):
        client = browser(user)
        pages = [shown(client, run), shown(client, run)]
        assert TOKEN not in pages[0] + pages[1]
        tokens = FIELD.findall(pages[1])
        assert len(set(tokens)) == 1
        first = run.steps.first()
        address = reverse("practice:run_move", args=[run.pk, first.pk])
        said = {"to": "doing" if user == lead else "blocked", "text": "Seen by me"}
        answer = client.post(address, {**said, "csrfmiddlewaretoken": tokens[-1]})
        assert answer.status_code == 302
        assert client.post(address, {**said, "csrfmiddlewaretoken": "x" * 64}).status_code == 403


def test_what_is_said_of_a_step_later_is_shown_to_all(run, lead) -> None:
    reader, first = browser(person()), run.steps.first()
    assert "by hand" not in shown(reader, run)
    move(run, first.title, lead, to="blocked", text="by hand")
    assert "by hand" in shown(reader, run)
    leading.name_for_step(run=run, step_id=first.pk, person=lead, by=lead)
    lead.first_name, lead.last_name = "Ada", "Renamed"
    lead.save()
    assert "Ada Renamed" in shown(reader, run)


def test_what_was_refused_is_shown_to_nobody_else(run, lead) -> None:
    first = step(run, run.steps.first().title)
    address = reverse("practice:run_move", args=[run.pk, first.pk])
    mine, other = Client(), Client()
    mine.force_login(lead)
    other.force_login(person())
    refused = mine.post(address, {"to": "no such state", "text": "half a sentence"})
    assert "half a sentence" in refused.content.decode()
    for client in (mine, other):
        assert "half a sentence" not in shown(client, run)
