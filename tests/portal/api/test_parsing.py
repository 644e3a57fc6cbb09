"""What is no JSON, too deep, too large or no text is refused and never an error of ours."""

from typing import Any

import pytest

from tests.factories import machine, person
from tests.knowledge.practice.runs.helpers import checklist, start, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.mark.parametrize("key", [{}, {"HTTP_IDEMPOTENCY_KEY": "one"}])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"null", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 20_000, 400),
        (b'{"text": "\\ud800"}', 400),
        (b'{"text": NaN}', 400),
        (b'{"text": "' + b"x" * 60_000 + b'"}', 413),
    ],
)
def test_a_body_that_is_none(body: bytes, status: int, key: dict[str, str], settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000
    lead = person("Editors")
    run = start(checklist(), lead)
    client = machine(lead)
    for url in ("comments/", f"steps/{step(run, 'Tell support').pk}/"):
        sent = client.post(
            f"/api/v1/runs/{run.pk}/{url}", body, content_type="application/json", **key
        )
        assert sent.status_code == status, url
        assert sent.headers["Content-Type"] == "application/problem+json"
    assert run.events.count() == 1


def test_a_form_with_half_a_character_is_refused() -> None:
    lead: Any = person("Editors")
    run = start(checklist(), lead)
    url = f"/api/v1/runs/{run.pk}/steps/{step(run, 'Tell support').pk}/"
    body = b'--x\r\nContent-Disposition: form-data; name="state"\r\n\r\n\xed\xa0\x80\r\n--x--\r\n'
    answer = machine(lead).post(url, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
