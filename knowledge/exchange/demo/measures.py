"""Some weeks of indicators and of use for the demo: the same figures at every load, in bulk writes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from zlib import crc32

from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.trust import TrustState
from knowledge.governance.kpis.models import Kpi
from knowledge.governance.kpis.services import figures, standard
from knowledge.governance.kpis.services.feeding import OURS, Value, write
from knowledge.governance.measures.recording import writing

WEEKS = 8
DAYS_OF_USE = 30
# Where each indicator begins and ends, and who sends it. Some miss their target, as in life.
COURSE: Mapping[str, tuple[float, float, str]] = {
    "code-review-cycle-time": (9.2, 3.6, "code host"),
    "review-cycle-time": (6.5, 4.4, OURS),
    "pull-request-size": (310, 164, "code host"),
    "defect-density": (1.1, 0.6, "issue tracker"),
    "knowledge-transfer-index": (71, 88, "team leads"),
    "deployment-frequency": (3, 9, "pipeline"),
    "lead-time": (60, 19, "pipeline"),
    "verified-on-time": (64, 83, OURS),
    "runs-with-success": (78, 92, OURS),
    "change-size": (7, 4, OURS),
    "searches-answered": (88, 96, OURS),
}
# The artifact of the demo that explains the four of them, with a metric block for each.
EXPLAINED_BY = "operations/collaboration-kpis"
EXPLAINED = (
    *("code-review-cycle-time", "pull-request-size"),
    *("defect-density", "knowledge-transfer-index"),
)


def ensure(pages: Mapping[str, Page], fresh: set[int], now: datetime) -> None:
    """For pages whose ids are in ``fresh``; indicators only when the demo is new."""
    artifacts = sorted(
        page.pk for page in pages.values() if page.pk in fresh and isinstance(page, Artifact)
    )
    if not artifacts:
        return
    _use(artifacts, timezone.localtime(now).date())
    explained = pages.get(EXPLAINED_BY)
    if explained is not None and explained.pk in fresh:
        _indicators(explained, now)


def _use(artifacts: list[int], today: date) -> None:
    counts = {}
    for pk in artifacts:
        liking = _share(f"liking {pk}") ** 3 * 12
        for ago in range(DAYS_OF_USE):
            day = today - timedelta(days=ago)
            at_work = 1.0 if day.weekday() < 5 else 0.2
            views = round(liking * at_work * (0.5 + _share(f"{pk} {ago}")))
            if views:
                counts[(pk, day, "view")] = views
            if views > 6:
                counts[(pk, day, ("pdf", "docx", "md", "json")[(pk + ago) % 4])] = views // 6
    writing.add(counts)


def _indicators(explained: Page, now: datetime) -> None:
    standard.ensure()
    values = []
    days = [now - timedelta(days=7 * week) for week in range(WEEKS - 1, -1, -1)]
    for kpi in Kpi.objects.filter(slug__in=COURSE):
        begin, end, source = COURSE[kpi.slug]
        for place, at in enumerate(days):
            wave = (_share(f"{kpi.slug} {place}") - 0.5) * 0.12 * (begin - end)
            value = begin + (end - begin) * place / (WEEKS - 1) + (wave if place < WEEKS - 1 else 0)
            values.append(Value(kpi, source, at, Decimal(str(round(value, 1)))))
    write(values=values, now=now)
    Kpi.objects.filter(slug__in=EXPLAINED).update(artifact=explained.pk, is_public=True)
    _trust(timezone.localtime(now).date())


def _trust(today: date) -> None:
    """From a library that nobody checks to the one of today."""
    counts = figures.trust_counts(today)
    stale = counts.get(TrustState.VERIFIED, 0) // 2
    for week in range(WEEKS - 1, -1, -1):
        moved = round(stale * week / WEEKS)
        figures.keep_trust(
            today=today - timedelta(days=7 * week),
            counts={
                **counts,
                TrustState.VERIFIED: counts.get(TrustState.VERIFIED, 0) - moved,
                TrustState.STALE: counts.get(TrustState.STALE, 0) + moved,
            },
        )


def _share(name: str) -> float:
    """A number from 0 to 1 that is always the same for a name."""
    return crc32(name.encode()) % 1000 / 1000
