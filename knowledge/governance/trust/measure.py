"""From evidence to a word. Pure: no database, no clock.

Each part gives a share between 0 and 1:

- the check: how things stand with the review (``CHECK``);
- completeness: 1, less a quarter for each required part that is missing and a twentieth for each
  claim without a source;
- runs of this very version and answers to "Was this helpful?": the lower bound of Wilson's score
  interval at 95 per cent (E. B. Wilson, "Probable inference, the law of succession, and statistical
  inference", Journal of the American Statistical Association 22, 1927). Few answers count for
  little, and no answer for nothing. What is older counts less: half after ``HALF_LIFE_DAYS``.

The weighted sum (``WEIGHTS``) is made smaller by each report that is open; what is superseded or
archived has none. No part that gets better ever makes the whole worse.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.trust import TrustState

HALF_LIFE_DAYS = 365
# The quantile of the normal distribution for 95 per cent.
Z = 1.959964
CHECK = {
    TrustState.VERIFIED: 1.0,
    TrustState.DUE: 0.6,
    TrustState.UNVERIFIED: 0.25,
    TrustState.STALE: 0.1,
    TrustState.SUPERSEDED: 0.0,
    TrustState.ARCHIVED: 0.0,
}
# So many open reports halve it.
REPORTS_THAT_HALVE = 8


class Part(StrEnum):
    CHECK = "check"
    COMPLETE = "complete"
    RUNS = "runs"
    HELPFUL = "helpful"


WEIGHTS = {Part.CHECK: 0.45, Part.COMPLETE: 0.2, Part.RUNS: 0.2, Part.HELPFUL: 0.15}


class Word(models.TextChoices):
    PROVEN = "proven", _("Proven")
    DEPENDABLE = "dependable", _("Dependable")
    CARE = "care", _("Use with care")
    DOUBTFUL = "doubtful", _("Do not rely on it")


# The least that earns the word, the best first. Checked and complete is dependable; proven asks
# for good runs or thankful readers besides.
FLOORS = ((0.74, Word.PROVEN), (0.55, Word.DEPENDABLE), (0.3, Word.CARE))


@dataclass(frozen=True, slots=True)
class Tally:
    """``good`` of ``all`` as they were counted; the other two as they weigh by their age."""

    good: int = 0
    all: int = 0
    good_weight: float = 0.0
    all_weight: float = 0.0


def tally(evidence: Iterable[tuple[bool, float]]) -> Tally:
    """Of pairs: whether it was good, and how many days ago."""
    good = count = 0
    good_weight = all_weight = 0.0
    for is_good, days in evidence:
        weight = 0.5 ** (max(days, 0.0) / HALF_LIFE_DAYS)
        count += 1
        all_weight += weight
        if is_good:
            good += 1
            good_weight += weight
    return Tally(good, count, good_weight, all_weight)


@dataclass(frozen=True, slots=True)
class Evidence:
    state: TrustState
    missing_parts: int = 0
    claims_without_source: int = 0
    runs: Tally = Tally()
    helpful: Tally = Tally()
    open_reports: int = 0


def lower_bound(good: float, all_: float) -> float:
    """Wilson's: what the share of good ones is at least, given so many; 0 without any."""
    if all_ <= 0:
        return 0.0
    share = min(good / all_, 1.0)
    spread = Z * sqrt((share * (1 - share) + Z * Z / (4 * all_)) / all_)
    return max(0.0, (share + Z * Z / (2 * all_) - spread) / (1 + Z * Z / all_))


def shares(evidence: Evidence) -> dict[Part, float]:
    """Each part between 0 and 1."""
    whole = 1 - evidence.missing_parts / 4 - evidence.claims_without_source / 20
    return {
        Part.CHECK: CHECK[evidence.state],
        Part.COMPLETE: max(0.0, whole),
        Part.RUNS: lower_bound(evidence.runs.good_weight, evidence.runs.all_weight),
        Part.HELPFUL: lower_bound(evidence.helpful.good_weight, evidence.helpful.all_weight),
    }


def score(evidence: Evidence) -> float:
    """Between 0 and 1; not shown to anybody."""
    if evidence.state in (TrustState.SUPERSEDED, TrustState.ARCHIVED):
        return 0.0
    parts = shares(evidence)
    total = sum(WEIGHTS[part] * parts[part] for part in Part)
    return total / (1 + evidence.open_reports / REPORTS_THAT_HALVE)


def word(evidence: Evidence) -> Word:
    found = score(evidence)
    return next((name for floor, name in FLOORS if found >= floor), Word.DOUBTFUL)
