"""Links to other sites: what is asked, what is never connected to, and when somebody is told."""

import ipaddress
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from knowledge.governance.lint import services, tasks
from knowledge.governance.lint.models import Finding, OutsideLink, Verdict
from knowledge.governance.lint.outside import rounds
from knowledge.governance.lint.outside.reach import Outcome, ask, is_public
from tests.factories import ArtifactFactory

INNER = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fd00::7", "::"),  # noqa: S104
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::"),
]


def anywhere(_address: Any) -> bool:
    return True


class Answers(BaseHTTPRequestHandler):
    """``/404`` answers so; ``/to/<path>`` redirects there; ``/get-only`` knows no HEAD."""

    seen: list[tuple[str, str]]

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.seen.append((self.command, self.headers["Host"]))
        name = self.path.removeprefix("/")
        if name.startswith("to/"):
            self.send_response(302)
            self.send_header("Location", name.removeprefix("to/"))
        elif name == "get-only":
            self.send_response(200 if self.command == "GET" else 405)
        else:
            self.send_response(int(name) if name.isdigit() else 200)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Answers.seen = []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://localhost:{made.server_port}"
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize("number", INNER)
def test_inner_numbers_are_not_public(number: str) -> None:
    assert not is_public(ipaddress.ip_address(number))


@given(st.ip_addresses(v=4))
def test_a_number_wrapped_in_ipv6_is_judged_like_itself(number: ipaddress.IPv4Address) -> None:
    wrapped = ipaddress.IPv6Address((0xFFFF << 32) | int(number))
    assert is_public(wrapped) == is_public(number)
    assert is_public(number) == (number.is_global and not number.is_multicast)


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("/", Verdict.ANSWERS),
        ("/404", Verdict.GONE),
        ("/410", Verdict.GONE),
        ("/403", Verdict.ANSWERS),
        ("/429", Verdict.ANSWERS),
        ("/503", Verdict.FAILS),
        ("/get-only", Verdict.ANSWERS),
        ("/to//404", Verdict.GONE),
        ("/to//200", Verdict.ANSWERS),
        ("/to/ftp://example.org/", Verdict.NOT_ASKED),
        ("/to/http://[::1", Verdict.NOT_ASKED),
    ],
)
def test_what_an_answer_means(server: str, path: str, verdict: Verdict) -> None:
    assert ask(server + path, allowed=anywhere).verdict == verdict
    assert {host for _method, host in Answers.seen} == {server.removeprefix("http://")}


def test_a_redirect_without_end(server: str) -> None:
    def again(_handler: Any) -> None:
        _handler.send_response(302)
        _handler.send_header("Location", "/")
        _handler.end_headers()

    kept, Answers.answer = Answers.answer, again  # type: ignore[method-assign]
    try:
        assert ask(server, allowed=anywhere).verdict == Verdict.FAILS
    finally:
        Answers.answer = kept  # type: ignore[method-assign]


def test_nothing_inside_is_connected_to(server: str) -> None:
    """Neither by number, nor by a name that leads there, nor by a redirect of somebody outside."""
    port = server.rpartition(":")[2]
    for address in (server, f"http://127.0.0.1:{port}/", "http://localhost/", "http://[::1]/"):
        assert ask(address).verdict == Verdict.NOT_ASKED
    asked: list[str] = []

    def only_the_first(number: Any) -> bool:
        asked.append(str(number))
        return len(asked) == 1

    assert ask(f"{server}/to/http://localhost:{port}/", allowed=only_the_first).verdict == (
        Verdict.NOT_ASKED
    )
    assert len(Answers.seen) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http://user:secret@example.org/",
        "https://example.org:6379/",
        "http://exa mple.org/",
        "http://[::1",
        "http://\udcff.org/",
        "gopher://example.org/",
        "http://a..b/",
        f"http://{'a' * 64}.example.org/",
    ],
)
def test_what_is_no_address_of_a_page(address: str) -> None:
    assert ask(address).verdict == Verdict.NOT_ASKED


def test_nobody_listens(server: str, unused_tcp_port: int) -> None:
    assert ask(f"http://127.0.0.1:{unused_tcp_port}/", allowed=anywhere).verdict == Verdict.FAILS
    assert ask("http://nowhere.invalid/", allowed=anywhere).verdict in (
        *(Verdict.GONE, Verdict.FAILS),
    )


@pytest.fixture
def unused_tcp_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def linking(*addresses: str) -> Any:
    html = "".join(f'<p><a href="{one}">there</a></p>' for one in addresses)
    return ArtifactFactory(body=[{"type": "paragraph", "value": html, "id": "a"}])


def answering(**verdicts: Verdict) -> Callable[[str], Outcome]:
    def answer(address: str) -> Outcome:
        name = address.rpartition("/")[2]
        return Outcome(verdicts.get(name, Verdict.ANSWERS), "It answers 404.")

    return answer


def look(now: datetime, **verdicts: Verdict) -> int:
    return rounds.ask_due(now=now, asked=answering(**verdicts), pause=lambda _seconds: None)


@pytest.mark.django_db
def test_nothing_is_kept_or_asked_while_it_is_off(home: Page, settings: Any) -> None:
    linking("https://example.org/a")
    services.check_all(now=timezone.now())
    tasks.ask_outside()
    assert not OutsideLink.objects.exists()


@pytest.mark.django_db
def test_a_dead_link_is_told_after_the_second_day(home: Page, settings: Any) -> None:
    settings.PORTAL_CHECK_OUTSIDE_LINKS = True
    page = linking("https://example.org/gone#part", "https://example.org/fine")
    start = timezone.now()
    services.check_all(now=start)
    assert look(start, gone=Verdict.GONE) == 2
    services.check_all(now=start)
    assert not Finding.objects.filter(rule="dead-link-outside").exists()

    assert look(start, gone=Verdict.GONE) == 0
    later = start + timedelta(days=1)
    assert look(later, gone=Verdict.GONE) == 1
    services.check_all(now=later)
    finding = Finding.objects.get(rule="dead-link-outside")
    assert (finding.page_id, finding.place) == (page.pk, "https://example.org/gone#part")
    assert finding.detail == "It answers 404."

    back = later + timedelta(days=1)
    assert look(back) == 1
    services.check_all(now=back)
    assert not Finding.objects.filter(rule="dead-link-outside").exists()


@pytest.mark.django_db
def test_what_is_not_linked_any_more_is_forgotten(home: Page, settings: Any) -> None:
    settings.PORTAL_CHECK_OUTSIDE_LINKS = True
    page = linking("https://example.org/a")
    start = timezone.now()
    services.check_all(now=start)
    page.body = []
    page.save_revision().publish()
    services.check_all(now=start + timedelta(days=4))
    assert not OutsideLink.objects.exists()


@pytest.mark.django_db
def test_one_server_is_not_flooded_and_two_rounds_count_once(home: Page, settings: Any) -> None:
    settings.PORTAL_CHECK_OUTSIDE_LINKS = True
    now = timezone.now()
    rounds.note([f"https://example.org/{n}" for n in range(30)], now=now)
    pauses: list[float] = []
    number = rounds.ask_due(now=now, asked=answering(), pause=pauses.append)
    assert (number, len(pauses)) == (rounds.PER_HOST, rounds.PER_HOST - 1)

    link = OutsideLink.objects.filter(looked_at=None).first()
    assert link is not None

    def while_another_asks(address: str) -> Outcome:
        OutsideLink.objects.filter(address=address).update(
            looked_at=now, verdict=Verdict.GONE, failures=1
        )
        return Outcome(Verdict.GONE)

    rounds.ask_due(now=now, asked=while_another_asks, pause=pauses.append)
    assert set(OutsideLink.objects.exclude(failures=0).values_list("failures", flat=True)) == {1}
