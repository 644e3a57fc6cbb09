"""Writes that are sent again: carried out once, answered twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from knowledge.practice.models import Run, RunEvent
from knowledge.practice.services import steps
from portal.api.models import KeptAnswer
from portal.api.tasks import forget_old_answers
from tests.factories import CategoryFactory, close, group, machine, person
from tests.knowledge.practice.runs.helpers import checklist, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def lead() -> Any:
    return person("Editors")


@pytest.fixture
def run(lead: Any) -> Run:
    return start(checklist(), lead)


def say(client: APIClient, run: Run, text: str = "Hello", key: str = "one", **more: Any) -> Any:
    return client.post(
        f"/api/v1/runs/{run.pk}/comments/",
        {"text": text},
        format="json",
        HTTP_IDEMPOTENCY_KEY=key,
        **more,
    )


def comments(run: Run) -> int:
    return RunEvent.objects.filter(run=run, sort="comment").count()


def test_the_same_again_answers_the_same_and_does_nothing(run: Run, lead: Any) -> None:
    client = machine(lead)
    first, second = say(client, run), say(client, run)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    assert second.headers["Idempotent-Replayed"] == "true"
    assert comments(run) == 1


def test_another_body_or_address_is_refused(run: Run, lead: Any) -> None:
    client = machine(lead)
    say(client, run)
    assert say(client, run, "Other").status_code == 422
    other = start(checklist(slug="other"), lead)
    refused = say(client, other)
    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert (comments(run), comments(other)) == (1, 0)


def test_keys_belong_to_their_person(run: Run, lead: Any) -> None:
    assert say(machine(lead), run).status_code == 201
    assert say(machine(person("Viewers")), run).status_code == 201
    assert comments(run) == 2


def test_without_a_key_it_is_done_each_time(run: Run, lead: Any) -> None:
    client = machine(lead)
    for _time in range(2):
        client.post(f"/api/v1/runs/{run.pk}/comments/", {"text": "Hello"}, format="json")
    assert comments(run) == 2
    assert not KeptAnswer.objects.exists()


def test_what_was_refused_is_corrected_under_the_same_key(run: Run, lead: Any) -> None:
    client = machine(lead)
    assert say(client, run, "").status_code == 400
    assert say(client, run, "Better").status_code == 201


def test_after_a_fault_in_the_middle_nothing_is_kept(run: Run, lead: Any, monkeypatch: Any) -> None:
    client = machine(lead)
    url = f"/api/v1/runs/{run.pk}/steps/{step(run, 'Tell support').pk}/"
    done = {"state": "done"}
    with monkeypatch.context() as broken:
        note = steps.note

        def note_and_fall(**said: Any) -> None:
            note(**said)
            raise RuntimeError("The machine is gone.")

        broken.setattr(steps, "note", note_and_fall)
        answer = client.post(url, done, format="json", HTTP_IDEMPOTENCY_KEY="one")
        assert answer.status_code == 500
    assert step(run, "Tell support").state == "todo"
    assert not KeptAnswer.objects.exists()
    assert client.post(url, done, format="json", HTTP_IDEMPOTENCY_KEY="one").status_code == 200
    assert step(run, "Tell support").state == "done"


@pytest.mark.parametrize("key", ["", "x" * 256, "schlüssel".encode().decode("latin-1")])
def test_a_key_that_is_none(run: Run, lead: Any, key: str) -> None:
    assert say(machine(lead), run, key=key).status_code == 400
    assert comments(run) == 0


def test_files_are_compared_by_what_is_in_them(run: Run, lead: Any) -> None:
    client = machine(lead)
    url = f"/api/v1/runs/{run.pk}/steps/{step(run, 'Tell support').pk}/"

    def send(content: bytes) -> Any:
        said = {"state": "done", "file": SimpleUploadedFile("proof.txt", content)}
        return client.post(url, said, format="multipart", HTTP_IDEMPOTENCY_KEY="one")

    assert send(b"All good").status_code == 200
    with step(run, "Tell support").file.open("rb") as kept:
        assert kept.read() == b"All good"
    again = send(b"All good")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert send(b"All bad").status_code == 422
    assert step(run, "Tell support").revision == 1


def test_who_may_not_see_it_any_more_is_not_shown_it_again(lead: Any) -> None:
    section = CategoryFactory(slug="insiders")
    run = start(checklist(parent=section), lead)
    client = machine(person("Viewers"))
    assert say(client, run).status_code == 201
    close(section, group("Insiders"))
    again = say(client, run)
    assert again.status_code == 409
    assert b"Hello" not in again.content


def test_after_a_day_the_key_is_free_and_forgotten(run: Run, lead: Any) -> None:
    client = machine(lead)
    say(client, run)
    KeptAnswer.objects.update(at=timezone.now() - timedelta(hours=24, seconds=1))
    assert say(client, run).status_code == 201
    assert comments(run) == 2
    say(client, run, key="two")
    KeptAnswer.objects.filter(key="two").update(at=timezone.now() - timedelta(days=2))
    forget_old_answers.delay()
    forget_old_answers.delay()
    assert [one.key for one in KeptAnswer.objects.all()] == ["one"]


def test_reading_and_strangers_leave_no_key(run: Run, lead: Any) -> None:
    url = f"/api/v1/runs/{run.pk}/"
    assert machine(lead).get(url, HTTP_IDEMPOTENCY_KEY="one").status_code == 200
    assert say(APIClient(), run).status_code == 401
    assert not KeptAnswer.objects.exists()
