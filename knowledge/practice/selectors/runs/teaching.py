"""What the runs of an artifact teach, by version: counts and times, never a name.

Every reader of the artifact sees them, so only runs count that every reader may know of: open ones.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count, QuerySet
from django.utils import timezone

from knowledge.catalog.models import Artifact
from knowledge.practice.models import Run, RunEvent, RunStep

# The newest; older ones tell of another time.
LOOKED_AT = 1000
MINUTE_SECONDS = 60
State = Run.State


@dataclass(frozen=True, slots=True)
class Stumble:
    """The step at which most runs failed, or skipped it: in how many."""

    title: str
    runs: int


@dataclass(frozen=True, slots=True)
class Taught:
    """``minutes`` is the median of the runs that succeeded; None while there is none."""

    version: str
    ended: int
    succeeded: int
    abandoned: int
    minutes: int | None
    last_good: date | None
    failed_at: Stumble | None
    skipped: Stumble | None

    @property
    def percent(self) -> int:
        return round(100 * self.succeeded / self.ended) if self.ended else 0


def taught(page: Artifact, *, version: str = "") -> list[Taught]:
    """A line for each version that was run to an end, the newest run first. Three queries.

    With ``version`` of that one only.
    """
    runs = Run.objects.filter(artifact=page.pk, is_open=True).exclude(state=State.RUNNING)
    if version:
        runs = runs.filter(version=version)
    ids = runs.order_by("-ended_at").values("pk")[:LOOKED_AT]
    rows = list(
        runs.order_by("-ended_at").values_list("version", "state", "started_at", "ended_at")[
            :LOOKED_AT
        ]
    )
    if not rows:
        return []
    failed = RunEvent.objects.filter(run__in=ids, sort=RunEvent.Sort.FAILED)
    skipped = RunStep.objects.filter(run__in=ids, state=RunStep.State.SKIPPED, by_rule=False)
    at_fault = _most(failed.exclude(step=None), "step__title")
    left_out = _most(skipped, "title")
    found: defaultdict[str, list[tuple[str, datetime, datetime]]] = defaultdict(list)
    for number, state, started_at, ended_at in rows:
        found[number].append((state, started_at, ended_at or started_at))
    return [
        _line(number, ended, at_fault.get(number), left_out.get(number))
        for number, ended in found.items()
    ]


def of_live_version(page: Artifact) -> Taught | None:
    """For the page of the artifact; None while no run of it has ended. Three queries at most."""
    return next(iter(taught(page, version=page.version)), None)


def _line(
    version: str,
    ended: Iterable[tuple[str, datetime, datetime]],
    failed_at: Stumble | None,
    skipped: Stumble | None,
) -> Taught:
    runs = list(ended)
    states = Counter(state for state, _from, _until in runs)
    good = [(start, end) for state, start, end in runs if state == State.SUCCEEDED]
    seconds = [(end - start).total_seconds() for start, end in good]
    return Taught(
        version=version,
        ended=states[State.SUCCEEDED] + states[State.FAILED],
        succeeded=states[State.SUCCEEDED],
        abandoned=states[State.ABANDONED],
        minutes=max(1, round(median(seconds) / MINUTE_SECONDS)) if seconds else None,
        last_good=timezone.localdate(max(end for _start, end in good)) if good else None,
        failed_at=failed_at,
        skipped=skipped,
    )


def _most(rows: QuerySet, title: str) -> dict[str, Stumble]:
    """By version the title that stands in most runs; of equal ones the first by name."""
    counted = (
        rows.order_by().values_list("run__version", title).annotate(n=Count("run", distinct=True))
    )
    found: dict[str, Stumble] = {}
    for version, name, n in sorted(counted, key=lambda row: (-row[2], row[1])):
        found.setdefault(version, Stumble(name, n))
    return found
