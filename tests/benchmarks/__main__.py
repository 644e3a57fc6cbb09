"""``make bench``: builds the library once, measures, and writes the table into docs/performance.md.

``--size N`` artifacts (1000), ``--seconds S`` for each figure (5), ``--keep`` the database as it is.
"""

import argparse
import os
import statistics
import time
from dataclasses import replace
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/portal_bench"

from tests.benchmarks import database, measure, report
from tests.benchmarks.measure import Figures

PORTAL_PORT, HELLO_PORT = 8791, 8792
ROUNDS = 3
CLIENTS = (1, 16)


def main() -> None:
    arguments = _arguments()
    measure.need_wrk()
    database.prepare(keep=arguments.keep)
    import django

    django.setup()
    from search.indexing import reconciling
    from tests.benchmarks import scenarios

    if arguments.keep:
        # What was kept may be of another version of the portal.
        reconciling.reconcile()
    else:
        scenarios.build(arguments.size)
    plan = scenarios.plan()
    with (
        measure.server("tests.benchmarks.hello:application", HELLO_PORT),
        measure.server(
            "portal.wsgi:application", PORTAL_PORT, os.environ["DJANGO_SETTINGS_MODULE"]
        ) as pid,
    ):
        plan.warm(PORTAL_PORT)
        rows = _rows(plan, arguments.seconds)
        crowd = measure.wrk(PORTAL_PORT, plan.mixed, clients=64, seconds=arguments.seconds * 2)
        pdf = plan.pdf(PORTAL_PORT)
        memory = measure.memory_mib(pid)
    report.write(
        rows,
        crowd_errors=crowd.errors,
        pdf=pdf,
        memory_mib=memory,
        facts={
            "date": date.today().isoformat(),
            "machine": report.machine(),
            "artifacts": arguments.size,
            "load": f"{os.getloadavg()[0]:.1f}",
        },
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def _rows(plan, seconds: int) -> list[report.Row]:  # type: ignore[no-untyped-def]
    """Each scenario beside the bare view, interleaved, the median of the rounds."""
    rows = []
    for clients in CLIENTS:
        for name, paths, cookie in plan.scenarios:
            ours, bare = [], []
            for _round in range(ROUNDS):
                bare.append(
                    measure.wrk(HELLO_PORT, ["/"], clients=clients, seconds=max(2, seconds // 2))
                )
                ours.append(
                    measure.wrk(PORTAL_PORT, paths, clients=clients, seconds=seconds, cookie=cookie)
                )
                time.sleep(0.2)
            rows.append(report.Row(name, clients, _median(ours), _median(bare)))
            print(name, clients, _median(ours), _median(bare).rate, flush=True)
    return rows


def _median(figures: list[Figures]) -> Figures:
    middle = sorted(figures, key=lambda one: one.rate)[len(figures) // 2]
    return replace(
        middle,
        rate=statistics.median(one.rate for one in figures),
        p50=statistics.median(one.p50 for one in figures),
        p95=statistics.median(one.p95 for one in figures),
        p99=statistics.median(one.p99 for one in figures),
        errors=sum(one.errors for one in figures),
    )


if __name__ == "__main__":
    main()
