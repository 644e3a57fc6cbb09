"""``make bench-runs``: a run of many steps, ticked by several people at once; into docs/performance.md.

``--steps N`` (200), ``--clients N`` (8). Each client is a person of its own with a session of its own,
and does what the page does: it ticks and gets what came of it, and asks every four seconds for what the
others did. Once at a pace that people can keep, a tick a second each, and once without any pause.
"""

import argparse
import os
import statistics
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/portal_bench_runs"

from tests.benchmarks import database, measure, report

PORT = 8795
MARKS = ("<!-- runs: begin -->", "<!-- runs: end -->")
MS = 1000
# As static/js/run.js does.
ASK_SECONDS = 4


@dataclass
class Client:
    """Ticks its share of the steps, one after the other; at most one each ``pace`` seconds."""

    run_id: int
    cookie: str
    token: str
    steps: list[int]
    # People do not act in step: when in each second, and in each round of asking, this one does; 0 to 1.
    place: float
    pace: float = 0
    took: list[float] = field(default_factory=list)
    errors: int = 0

    def tick_all(self) -> None:
        after, asked = "1", time.perf_counter() - ASK_SECONDS * self.place
        time.sleep(self.pace * self.place)
        for step in self.steps:
            start = time.perf_counter()
            try:
                after = self._tick(step, after)
                self.took.append((time.perf_counter() - start) * MS)
                if time.perf_counter() - asked > ASK_SECONDS:
                    asked = time.perf_counter()
                    after = self._ask(after)
            except OSError:
                self.errors += 1
            time.sleep(max(0.0, self.pace - (time.perf_counter() - start)))

    def _tick(self, step: int, after: str) -> str:
        """The number of the newest event, which is what the page shows from now on."""
        said = {"to": "done", "seen": "0", "tick": f"{step}", "csrfmiddlewaretoken": self.token}
        headers = {"Cookie": self.cookie, "X-Run-Piece": "1", "X-Run-After": after}
        path = f"/runs/{self.run_id}/steps/{step}/"
        return _event(_ask(path, headers, urllib.parse.urlencode(said).encode())) or after

    def _ask(self, after: str) -> str:
        path = f"/runs/{self.run_id}/changes/?after={after}"
        return _event(_ask(path, {"Cookie": self.cookie})) or after


def main() -> None:
    arguments = _arguments()
    database.prepare(keep=False)
    import django

    django.setup()
    run, clients = _people(arguments.steps, arguments.clients)
    page = f"/runs/{run.pk}/"
    with measure.server("portal.wsgi:application", PORT, os.environ["DJANGO_SETTINGS_MODULE"]):
        for client in clients:
            # Each worker has seen the page before the first tick.
            _ask(page, {"Cookie": client.cookie})
        opened = [_timed(page, clients[0].cookie) for _time in range(5)]
        paced = _go(run, clients, pace=1)
        hurried, clients = _people(arguments.steps, arguments.clients)
        at_once = _go(hurried, clients, pace=0)
    lines = [
        f"Measured {date.today().isoformat()} by `make bench-runs` on {report.machine()}, 2 web workers"
        f" (load {os.getloadavg()[0]:.1f} at the end).",
        "",
        f"- A run of {arguments.steps} steps, {arguments.clients} people at once who tick once a second"
        f" each: {paced}.",
        f"- The same, each as fast as it is answered: {at_once}.",
        f"- The page of the whole run, opened anew: {statistics.median(opened):.0f} ms.",
    ]
    report.put(MARKS, "\n".join(lines))
    print("\n".join(lines))


def _go(run: Any, clients: list[Client], *, pace: float) -> str:
    """All at once, to the end; in words how it went."""
    threads = [threading.Thread(target=client.tick_all) for client in clients]
    start = time.perf_counter()
    for client, thread in zip(clients, threads, strict=True):
        client.pace = pace
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    took = sorted(one for client in clients for one in client.took)
    kept, errors = run.steps.filter(state="done").count(), sum(one.errors for one in clients)
    return (
        f"p50 {statistics.median(took):.0f} ms, p95 {took[int(len(took) * 0.95)]:.0f} ms,"
        f" {len(took) / seconds:.0f} ticks a second, {errors} errors, {kept} of {len(took)} ticks kept"
    )


def _people(steps: int, number: int) -> tuple[Any, list[Client]]:
    """The run, and its people with an equal share of the steps each."""
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client as Browser

    from knowledge.catalog.models import ChecklistPage
    from knowledge.practice.services import runs
    from tests.factories import ArtifactFactory, home, person

    home()
    asked = [{"task": f"Step {one}", "detail": "<p>As it is written.</p>"} for one in range(steps)]
    value = {"title": "Long", "steps": asked}
    page = ArtifactFactory.of(ChecklistPage, body=[{"type": "checklist", "value": value}])
    run = runs.start(page=page, by=person("Editors"), name="A long one")
    ids = list(run.steps.values_list("pk", flat=True))
    clients = []
    for one in range(number):
        browser = Browser()
        browser.force_login(person("Viewers"))
        token = _get_new_csrf_string()
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
        clients.append(Client(run.pk, cookie, token, ids[one::number], one / number))
    return run, clients


def _event(piece: str) -> str:
    """The number of the newest event that a piece shows; empty when nothing is new."""
    return piece.partition('data-event="')[2].partition('"')[0]


def _ask(path: str, headers: Mapping[str, str], data: bytes | None = None) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data, dict(headers))
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode())


def _timed(path: str, cookie: str) -> float:
    start = time.perf_counter()
    _ask(path, {"Cookie": cookie})
    return (time.perf_counter() - start) * MS


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-runs")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    return parser.parse_args()


if __name__ == "__main__":
    main()
