"""What a run found: tables for people, the misses to learn from, and JSON for tools."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.search_quality import judged
from tests.search_quality.asking import Asked, Row, Run

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "search-quality.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
HEAD = ("class", "queries", "S@1", "S@5", "MRR@10", "nDCG@10", "left empty", "median ms")


def tables(runs: Iterable[Run]) -> str:
    """A Markdown table for each run."""
    return "\n\n".join(f"**{title(run)}**\n\n{_table(run.rows())}" for run in runs)


def title(run: Run) -> str:
    return f"{run.engine}, {'with' if run.vectors else 'without'} vectors"


def _table(rows: Sequence[Row]) -> str:
    lines = [f"| {' | '.join(HEAD)} |", f"| --- |{' ---: |' * (len(HEAD) - 1)}"]
    for row in rows:
        means = (row.success_1, row.success_5, row.mrr, row.ndcg, row.left_empty)
        cells = ["" if mean is None else f"{mean:.2f}" for mean in means]
        lines.append(f"| {row.name} | {row.queries} | {' | '.join(cells)} | {row.median_ms:.0f} |")
    return "\n".join(lines)


def misses(run: Run) -> str:
    """Each query without an answer among the first five, with what came instead."""
    failed = [("", one) for one in run.asked if _is_miss(one)]
    failed += [("suggested: ", one) for one in run.suggested if _is_miss(one)]
    lines = [f"{title(run)}: {len(failed)} misses"]
    for where, one in failed:
        place = f"first answer at {one.rank}" if one.rank else "no answer"
        wanted = ", ".join(one.query.grades) or "nothing"
        lines += [
            f"\n{one.query.kind}: {where}“{one.query.text}” ({one.query.split}; {place})",
            f"  wanted: {wanted}",
            *(f"  {n}. {title_}" for n, title_ in enumerate(one.titles[:5], start=1)),
        ]
    return "\n".join(lines)


def _is_miss(one: Asked) -> bool:
    if one.query.kind == judged.NOTHING:
        return bool(one.ranked)
    return not 1 <= one.rank <= 5


def as_json(runs: Iterable[Run]) -> str:
    data = [
        {
            "engine": run.engine,
            "vectors": run.vectors,
            "rows": [asdict(row) for row in run.rows()],
            "queries": [_query(one) for one in run.asked],
            "suggested": [_query(one) for one in run.suggested],
        }
        for run in runs
    ]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _query(one: Asked) -> dict[str, Any]:
    return {
        "query": one.query.text,
        "class": one.query.kind,
        "split": one.query.split,
        "rank": one.rank,
        "found": list(one.ranked),
        "took_ms": round(one.took_ms, 1),
    }


def write(runs: Iterable[Run], facts: str) -> None:
    """Replace what stands between the marks of the document."""
    head, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    text = f"{head}{BEGIN}\n{facts}\n\n{tables(runs)}\n{END}{tail}"
    DOCUMENT.write_text(text, encoding="utf-8")
