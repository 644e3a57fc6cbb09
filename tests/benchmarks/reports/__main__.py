"""Builds the library once, opens every report as an administrator, and writes docs/performance.md.

``--size N`` artifacts (10000), ``--keep`` the database as it is. Times are those of the web process with
its database, from the request to the last byte; the second opening and later ones, as a person meets.
"""

import argparse
import os
import statistics
import time
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.reports.settings"
os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/portal_reports"

from tests.benchmarks import database, report

ROUNDS = 5
MARKS = ("<!-- reports: begin -->", "<!-- reports: end -->")
ADDRESSES = (
    ("First page of the admin", "/admin/"),
    ("Review queue", "/admin/review-queue/"),
    ("Content checks", "/admin/reports/content-checks/"),
    ("Content checks, one rule", "/admin/reports/content-checks/?rule=claim-without-source"),
    ("Archive queue", "/admin/reports/archive-queue/"),
    ("Near-duplicate questions", "/admin/reports/questions-alike/"),
    ("Coverage map", "/admin/reports/coverage-map/"),
    ("Searches", "/admin/reports/searches/"),
    ("What to write next", "/admin/reports/what-to-write-next/"),
    ("Audit", "/admin/reports/audit/"),
    ("Report of the quarter", "/admin/reports/governance/"),
    ("Use of artifacts", "/admin/reports/use-of-artifacts/"),
    ("Adoption", "/admin/reports/adoption/"),
    ("Feedback", "/admin/governance/feedback/"),
    ("Indicators", "/measures/"),
)


def main() -> None:
    arguments = _arguments()
    database.prepare(keep=arguments.keep)
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from tests.benchmarks.reports import trail
    from tests.benchmarks.scale import library

    if not arguments.keep:
        print(f"Making {arguments.size:,} artifacts with what years of use leave.", flush=True)
        call_command("setup_portal", verbosity=0)
        library.build(arguments.size)
        trail.leave(timezone.now())
    client = _administrator()
    lines = [
        f"Measured {date.today().isoformat()} by `make bench-reports` on {report.machine()},"
        f" {arguments.size:,} artifacts with {trail.FINDINGS_EACH} findings, {trail.REVIEWS_EACH} reviews"
        f" and {trail.AUDIT_EACH} entries of the audit each, {trail.SEARCHES:,} searches"
        f" (load {os.getloadavg()[0]:.1f} at the start).",
        "",
        "| report | median s | slowest s | queries |",
        "| --- | --- | --- | --- |",
        *(_line(client, name, address) for name, address in ADDRESSES),
    ]
    print("\n".join(lines))
    report.put(MARKS, "\n".join(lines))


def _administrator():  # type: ignore[no-untyped-def]
    from django.contrib.auth import get_user_model
    from django.test import Client

    from tests.factories import person

    there = get_user_model().objects.filter(groups__name="Administrators").first()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(there or person("Administrators"))
    return client


def _line(client, name: str, address: str) -> str:  # type: ignore[no-untyped-def]
    from django.db import connection

    queries = 0

    def count(execute, *arguments):  # type: ignore[no-untyped-def]
        nonlocal queries
        queries += 1
        return execute(*arguments)

    _open(client, address)
    with connection.execute_wrapper(count):
        _open(client, address)
    took = [_open(client, address) for _round in range(ROUNDS)]
    return f"| {name} | {statistics.median(took):.2f} | {max(took):.2f} | {queries} |"


def _open(client, address: str) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.status_code != 200 or not content:
        raise SystemExit(f"{address} answers {answer.status_code}")
    return time.perf_counter() - start


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-reports")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
