"""The evidence for one artifact, and how many artifacts bear which word."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.trust import TrustState
from knowledge.governance.models import Feedback
from knowledge.governance.trust.measure import Evidence, Tally, Word, tally, word
from knowledge.practice.models import Run

# The newest of an artifact; older ones would weigh next to nothing.
LOOKED_AT = 1000
DAY_SECONDS = 86400
_ENDED = (Run.State.SUCCEEDED, Run.State.FAILED)
_ANSWERS = (Feedback.Sort.HELPFUL, Feedback.Sort.NOT_HELPFUL)
# What waits for the owner: a failed step, or words. A bare "no" is an answer, not a report.
REPORTS = Q(state=Feedback.State.OPEN) & (
    Q(sort__in=Feedback.OF_RUNS) | (~Q(sort=Feedback.Sort.HELPFUL) & ~Q(text=""))
)


@dataclass(frozen=True, slots=True)
class Trust:
    """The word and all that it rests on, for readers."""

    word: Word
    evidence: Evidence
    state: TrustState
    reviewed_by: str
    last_reviewed: date | None
    next_review: date | None
    version: str
    missing: list[str]


def of(page: Artifact, *, now: datetime, today: date) -> Trust:
    """For the live version of ``page``, a page of its kind. Three queries."""
    missing = page.missing_parts()
    sourceless = sum(bool(getattr(one.value, "missing_source", False)) for one in page.body)
    evidence = Evidence(
        state=page.trust_on(today),
        missing_parts=len(missing),
        claims_without_source=sourceless,
        runs=_runs([page.pk], now)[page.pk],
        helpful=_answers([page.pk], now)[page.pk],
        open_reports=Feedback.objects.filter(REPORTS, page=page.pk).count(),
    )
    return Trust(
        word=word(evidence),
        evidence=evidence,
        state=evidence.state,
        reviewed_by=called(page.reviewed_by),
        last_reviewed=page.last_reviewed,
        next_review=page.next_review,
        version=page.version,
        missing=missing,
    )


def word_of(page: Artifact, *, now: datetime, today: date) -> Word:
    """The word alone, from the row and without the body: for noticing that it has changed."""
    return words([page], now=now, today=today)[page.pk]


def words(pages: Iterable[Artifact], *, now: datetime, today: date) -> dict[int, Word]:
    """The word of each page. Three queries.

    Bodies are not read: what is live has its required parts, since nothing is published without
    them. A page whose claims lack sources may bear a lower word on its own page.
    """
    rows = {page.pk: page for page in pages}
    ids = list(rows)
    runs, answers = _runs(ids, now), _answers(ids, now)
    reports = Feedback.objects.filter(REPORTS, page__in=ids).order_by().values("page")
    waiting = {row["page"]: row["n"] for row in reports.annotate(n=Count("pk"))}
    return {
        pk: word(
            Evidence(
                state=page.trust_on(today),
                runs=runs[pk],
                helpful=answers[pk],
                open_reports=waiting.get(pk, 0),
            )
        )
        for pk, page in rows.items()
    }


def counts_by_word(*, now: datetime, today: date, at_once: int = 2000) -> dict[str, int]:
    """How many live artifacts bear each word; every word is there. For reports and snapshots."""
    found: Counter[str] = Counter({one.value: 0 for one in Word})
    columns = ("version", "next_review", "last_reviewed", "superseded_by", "archived_at", "kind")
    last = 0
    while True:
        live = Artifact.objects.filter(live=True, pk__gt=last).order_by("pk").only(*columns)
        pages = list(live[:at_once])
        if not pages:
            return dict(found)
        found.update(one.value for one in words(pages, now=now, today=today).values())
        last = pages[-1].pk


def _runs(ids: list[int], now: datetime) -> dict[int, Tally]:
    """Open runs of the live version that have ended with a result; those given up prove nothing.

    A closed run is nobody else's to know of, not by a count either.
    """
    live = Run.objects.filter(artifact__in=ids, version=F("artifact__version"))
    rows = live.filter(state__in=_ENDED, is_open=True)
    found = rows.values_list("artifact", "state", "ended_at")
    return _tallied(
        (
            (pk, state == Run.State.SUCCEEDED, ended_at)
            for pk, state, ended_at in found.order_by("-ended_at")
            if ended_at is not None
        ),
        now,
    )


def _answers(ids: list[int], now: datetime) -> dict[int, Tally]:
    rows = Feedback.objects.filter(page__in=ids, sort__in=_ANSWERS).order_by("-created_at")
    found = rows.values_list("page", "sort", "created_at")
    return _tallied(((pk, sort == Feedback.Sort.HELPFUL, at) for pk, sort, at in found), now)


def _tallied(rows: Iterable[tuple[int, bool, datetime]], now: datetime) -> dict[int, Tally]:
    """By page, of the newest ``LOOKED_AT`` of each; a page without any has an empty one."""
    evidence: defaultdict[Any, list[tuple[bool, float]]] = defaultdict(list)
    for pk, is_good, at in rows:
        if len(evidence[pk]) < LOOKED_AT:
            evidence[pk].append((is_good, (now - at).total_seconds() / DAY_SECONDS))
    found: defaultdict[int, Tally] = defaultdict(Tally)
    found.update({pk: tally(one) for pk, one in evidence.items()})
    return found
