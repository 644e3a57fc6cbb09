"""The same write sent twice at the same moment: two connections, nothing to roll back."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from knowledge.practice.models import RunEvent
from portal.api import idempotency
from tests.database import left_as_found
from tests.factories import machine, person
from tests.knowledge.practice.runs.helpers import checklist, start


@pytest.fixture
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What is written is seen by other connections, and gone afterwards."""
    with django_db_blocker.unblock(), left_as_found():
        yield


def test_of_two_at_once_one_is_carried_out(written: None) -> None:
    lead = person("Editors")
    run = start(checklist(), lead)
    clients = [machine(lead), machine(lead)]
    together = threading.Barrier(2)
    answers: list[Any] = []

    def send(client: APIClient) -> None:
        together.wait()
        said = {"text": "Hello"}
        address = f"/api/v1/runs/{run.pk}/comments/"
        answers.append(client.post(address, said, format="json", HTTP_IDEMPOTENCY_KEY="one"))
        connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert RunEvent.objects.filter(run=run, sort="comment").count() == 1
    assert idempotency.forget_old(now=timezone.now()) == 0
