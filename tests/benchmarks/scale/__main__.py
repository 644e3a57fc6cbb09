"""Builds the library once, indexes it, searches it, and writes docs/performance.md.

``--size N`` artifacts (100000), ``--seconds S`` for each figure (10), ``--keep`` the database as it is.
"""

import argparse
import os
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.scale.settings"
os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/portal_scale"

from tests.benchmarks import database, measure, report

PORTAL_PORT, HELLO_PORT = 8793, 8794
CLIENTS = 4
MARKS = ("<!-- scale: begin -->", "<!-- scale: end -->")


def main() -> None:
    arguments = _arguments()
    measure.need_wrk()
    database.prepare(keep=arguments.keep)
    import django

    django.setup()
    from tests.benchmarks.scale import asking, indexing, library

    if not arguments.keep:
        print(f"Making {arguments.size:,} artifacts.", flush=True)
        library.build(arguments.size)
    rates = indexing.measure()
    took = asking.took_ms()
    searches, beginnings = asking.searches(), asking.beginnings()
    with (
        measure.server("tests.benchmarks.hello:application", HELLO_PORT),
        measure.server(
            "portal.wsgi:application", PORTAL_PORT, os.environ["DJANGO_SETTINGS_MODULE"]
        ) as pid,
    ):

        def ask(paths: list[str], clients: int) -> measure.Figures:
            return measure.wrk(PORTAL_PORT, paths, clients=clients, seconds=arguments.seconds)

        ask(searches, CLIENTS)
        memory_before = measure.memory_mib(pid)
        bare = measure.wrk(HELLO_PORT, ["/"], clients=1, seconds=arguments.seconds)
        rows = [
            ("Search with all facets and passages", 1, ask(searches, 1)),
            ("Search with all facets and passages", CLIENTS, ask(searches, CLIENTS)),
            ("Suggestions", 1, ask(beginnings, 1)),
            ("Suggestions", CLIENTS, ask(beginnings, CLIENTS)),
        ]
        memory_after = measure.memory_mib(pid)
    alone = rows[0][2].p50
    lines = [
        f"Measured {date.today().isoformat()} by `make bench-search` on {report.machine()},"
        f" {arguments.size:,} artifacts of about {library.BODY_WORDS} words out of"
        f" {library.VOCABULARY:,} (Zipf), 2 web workers (load {os.getloadavg()[0]:.1f} at the end).",
        "",
        "| what | clients | requests/s | p50 ms | p95 ms | p99 ms | errors |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {name} | {clients} | {one.rate:,.0f} | {one.p50:.1f} | {one.p95:.1f} |"
            f" {one.p99:.1f} | {one.errors} |"
            for name, clients, one in rows
        ),
        "",
        f"- A rebuild of the index sends {rates.portal:,.0f} documents a second; the client's bulk helper"
        f" with the same documents ready in memory {rates.client:,.0f}: {rates.ratio:.2f} of it.",
        f"- Elasticsearch reports {took:.0f} ms for a search (median), the bare view takes {bare.p50:.1f} ms:"
        f" the page at one client is {alone / (took + bare.p50):.1f} times both together.",
        f"- Memory of the web server: {memory_before} MiB before, {memory_after} MiB after.",
    ]
    report.put(MARKS, "\n".join(lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-search")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
