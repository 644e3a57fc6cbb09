"""What is answered before Django begins is what Django would answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from wagtail.models import Page

from knowledge.governance.measures.models import Usage
from knowledge.governance.measures.recording import counter
from portal import kept_pages
from tests.factories import ArtifactFactory, close, group

pytestmark = pytest.mark.django_db
Ask = Callable[..., tuple[str, dict[str, str], bytes]]


class Counting:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.handler = WSGIHandler()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.asked += 1
        return self.handler(environ, start_response)


@pytest.fixture
def django() -> Counting:
    return Counting()


@pytest.fixture
def ask(django: Counting) -> Iterator[Ask]:
    kept_pages.store.clear()
    # As the client of Django does: the connection is that of the test.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    application = kept_pages.KeptPages(django)

    def send(path: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
        seen: list[Any] = []
        request = RequestFactory().get(path, **environ)
        body = application(request.environ, lambda *given: seen.extend(given))
        return seen[0], dict(seen[1]), b"".join(body)

    yield send
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def artifact(home: Page, committed: Any) -> Any:
    return committed(lambda: ArtifactFactory(title="Rotate the keys"))


def without_id(answer: tuple[str, dict[str, str], bytes]) -> Any:
    status, headers, body = answer
    return status, {name: value for name, value in headers.items() if name != "X-Request-ID"}, body


def test_the_second_answer_is_the_first_without_django(
    ask: Ask, django: Counting, artifact
) -> None:
    first, second = ask(artifact.url), ask(artifact.url)
    assert b"Rotate the keys" in second[2]
    assert without_id(second) == without_id(first)
    assert second[1]["X-Request-ID"] != first[1]["X-Request-ID"]
    assert "Content-Security-Policy" in second[1]
    assert "X-Content-Type-Options" in second[1]
    assert django.asked == 1


def test_who_has_it_is_told_so(ask: Ask, django: Counting, artifact) -> None:
    etag = ask(artifact.url)[1]["ETag"]
    status, headers, body = ask(artifact.url, HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == etag
    assert "Content-Length" not in headers
    assert django.asked == 1
    assert ask(artifact.url, HTTP_IF_NONE_MATCH='"old"')[0] == "200 OK"


def test_a_change_and_a_closed_section_are_seen_at_once(ask: Ask, artifact, committed: Any) -> None:
    ask(artifact.url)
    artifact.title = "Rotate all keys"
    committed(lambda: artifact.save_revision().publish())
    assert b"Rotate all keys" in ask(artifact.url)[2]
    committed(lambda: close(artifact.get_parent(), group("Insiders")))
    assert ask(artifact.url)[0] == "404 Not Found"


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_REFERER": "http://testserver/search/?q=keys"},
        {"HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"QUERY_STRING": "page=2"},
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
    ],
    ids=lambda other: next(iter(other.items()))[0] + next(iter(other.items()))[1][:8],
)
def test_what_is_not_the_same_request_goes_to_django(
    ask: Ask, django: Counting, artifact, other: dict[str, str]
) -> None:
    ask(artifact.url)
    ask(artifact.url, **other)
    assert django.asked == 2


def test_a_host_that_is_not_ours_gets_nothing_kept(ask: Ask, artifact) -> None:
    ask(artifact.url)
    for _ in range(2):
        assert ask(artifact.url, HTTP_HOST="evil.example")[0].startswith("400")


def test_a_page_of_results_is_counted_each_time(ask: Ask, django: Counting, artifact) -> None:
    for _ in range(2):
        assert ask("/search/?q=keys")[0] == "200 OK"
    assert django.asked == 2


def test_an_id_that_the_proxy_gave_is_kept(ask: Ask, artifact) -> None:
    ask(artifact.url)
    assert ask(artifact.url, HTTP_X_REQUEST_ID="abcdef0123456789")[1]["X-Request-ID"] == (
        "abcdef0123456789"
    )
    assert ask(artifact.url, HTTP_X_REQUEST_ID="a\r\nb")[1]["X-Request-ID"] != "a\r\nb"


def test_without_the_stamp_nothing_kept_is_shown(ask: Ask, django: Counting, artifact, monkeypatch):
    ask(artifact.url)
    monkeypatch.setattr(kept_pages.freshness, "current", lambda: "")
    ask(artifact.url)
    assert django.asked == 2


def test_a_view_that_django_does_not_see_is_counted(ask: Ask, django: Counting, artifact) -> None:
    counter.forget()
    answers = [ask(artifact.url, HTTP_USER_AGENT="Mozilla/5.0") for _ in range(3)]
    ask(artifact.url, HTTP_USER_AGENT="Googlebot/2.1")
    counter.flush()
    assert django.asked == 1
    assert not any("X-Artifact-Shown" in headers for _status, headers, _body in answers)
    assert Usage.objects.get().count == 3
