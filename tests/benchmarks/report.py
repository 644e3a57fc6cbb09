"""The tables in docs/performance.md, each between its two marks."""

import os
import platform
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.measure import ROOT, Figures

DOCUMENT = ROOT / "docs" / "performance.md"
MARKS = ("<!-- figures: begin -->", "<!-- figures: end -->")


@dataclass(frozen=True)
class Row:
    name: str
    clients: int
    ours: Figures
    bare: Figures


def write(
    rows: list[Row],
    *,
    crowd_errors: int,
    pdf: tuple[float, float],
    memory_mib: int,
    facts: dict[str, Any],
) -> None:
    put(MARKS, _table(rows, crowd_errors, pdf, memory_mib, facts))


def put(marks: tuple[str, str], text: str) -> None:
    """Replace what stands between the marks."""
    begin, end = marks
    head, _, rest = DOCUMENT.read_text().partition(begin)
    _, _, tail = rest.partition(end)
    DOCUMENT.write_text(f"{head}{begin}\n{text}\n{end}{tail}")


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{os.cpu_count()} cores, {memory} GiB, Python {platform.python_version()}"


def _table(
    rows: list[Row],
    crowd_errors: int,
    pdf: tuple[float, float],
    memory_mib: int,
    facts: dict[str, Any],
) -> str:
    lines = [
        f"Measured {facts['date']} by `make bench` on {facts['machine']}, {facts['artifacts']} artifacts "
        f"of about 600 words, 2 web workers; client, servers, PostgreSQL, Redis and Elasticsearch share "
        f"the machine (load {facts['load']} at the end). Median of three interleaved rounds.",
        "",
        "| what | clients | requests/s | p50 ms | p95 ms | p99 ms | errors | bare view requests/s | ratio |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        ours = row.ours
        lines.append(
            f"| {row.name} | {row.clients} | {ours.rate:,.0f} | {ours.p50:.2f} | {ours.p95:.2f} | "
            f"{ours.p99:.2f} | {ours.errors} | {row.bare.rate:,.0f} | {ours.rate / row.bare.rate:.2f} |"
        )
    lines += [
        "",
        f"- 64 clients, pages, listings and searches mixed: {crowd_errors} errors.",
        f"- PDF of one artifact in a warm worker: {pdf[0]:.2f} s; the same revision again: {pdf[1]:.3f} s.",
        f"- Memory of the web server (two workers and their master, PSS) afterwards: {memory_mib} MiB.",
    ]
    return "\n".join(lines)
