"""Writes down what the rules find. Everything here may run twice or late."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.governance.lint import selectors
from knowledge.governance.lint.catalogue import BY_CODE, NEAR_DUPLICATE, RULES
from knowledge.governance.lint.models import PLACE_CHARS, Finding
from knowledge.governance.lint.outside.rounds import forget_unused, note
from knowledge.governance.lint.registry import Rule, Spot, faults
from knowledge.governance.lint.rules.body import parts_of
from knowledge.governance.similarity import near_duplicates

AT_ONCE = 200
MAX_DETAIL_CHARS = 500
# Of the words of title and bottom line together.
ALIKE = 0.7
# A word that so many have says what the library is about, not that two are the same.
COMMON_WORD = 60
Key = tuple[int, str, str]


def check_all(*, now: datetime) -> int:
    """Look at every artifact, some at a time, and compare them with each other; how many findings."""
    Finding.objects.exclude(page__in=_in_use().values("pk")).delete()
    ids = list(_in_use().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        check(page_ids=ids[start : start + AT_ONCE], now=now)
    compare(now=now)
    forget_unused(now=now)
    return Finding.objects.count()


@transaction.atomic
def check(*, page_ids: Sequence[int], now: datetime) -> int:
    """Replace the findings on these pages; how many there are now.

    What was found before keeps the day on which it was first found. Retired artifacts and what is
    not live have none.
    """
    pages: list[Any] = list(
        _in_use().filter(pk__in=page_ids).prefetch_related("related_links").specific()
    )
    read = [(page, parts_of(getattr(page, "body", None))) for page in pages]
    around = selectors.surroundings(read, today=timezone.localtime(now).date())
    note(selectors.outside_addresses(read, around.own_host), now=now)
    before = Finding.objects.filter(page__in=page_ids).exclude(rule=NEAR_DUPLICATE)
    since = _since(before)
    rows = [
        _row(page, fault.rule, fault.spot, since, now)
        for page, parts in read
        for fault in faults(RULES, page, parts, around)
    ]
    before.delete()
    if len(pages) < len(page_ids):
        # No twin of what is retired either.
        gone = set(page_ids) - {page.pk for page in pages}
        Finding.objects.filter(page__in=gone).delete()
        Finding.objects.filter(rule=NEAR_DUPLICATE, other__in=gone).delete()
    Finding.objects.bulk_create(rows, batch_size=500)
    return len(rows)


@transaction.atomic
def compare(*, now: datetime) -> int:
    """Find the pairs that say nearly the same in title and bottom line; how many pairs.

    Questions of the FAQ have a report of their own.
    """
    texts = {
        pk: f"{title} {bottom_line}"
        for pk, title, bottom_line in _in_use()
        .exclude(kind=Kind.FAQ)
        .order_by("pk")
        .values_list("pk", "title", "bottom_line")
    }
    pairs = near_duplicates(texts, at_least=ALIKE, too_common=COMMON_WORD)
    old = Finding.objects.filter(rule=NEAR_DUPLICATE)
    since = {(page, other): at for page, other, at in old.values_list("page", "other", "found_at")}
    rule = BY_CODE[NEAR_DUPLICATE]
    rows = [
        Finding(
            page_id=one,
            other_id=other,
            rule=rule.code,
            severity=rule.severity,
            content_path="bottom_line",
            detail=f"{round(pair.score * 100)} %",
            found_at=since.get((one, other), now),
        )
        for pair in pairs
        for one, other in ((pair.one, pair.other), (pair.other, pair.one))
    ]
    old.delete()
    Finding.objects.bulk_create(rows, batch_size=500)
    return len(pairs)


def _in_use() -> Any:
    return Artifact.objects.filter(live=True, archived_at=None, superseded_by=None)


def _since(findings: Iterable[Finding]) -> dict[Key, datetime]:
    return {(one.page_id, one.rule, one.content_path): one.found_at for one in findings}


def _row(
    page: Artifact, rule: Rule, spot: Spot, since: dict[Key, datetime], now: datetime
) -> Finding:
    return Finding(
        page_id=page.pk,
        rule=rule.code,
        severity=rule.severity,
        content_path=spot.path[:300],
        place=Truncator(spot.place).chars(PLACE_CHARS),
        detail=spot.detail[:MAX_DETAIL_CHARS],
        other_id=spot.other,
        found_at=since.get((page.pk, rule.code, spot.path), now),
    )
