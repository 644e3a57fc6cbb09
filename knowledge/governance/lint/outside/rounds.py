"""Which addresses there are, and when each is asked. Everything may run twice or at once."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q

from knowledge.governance.lint.models import OutsideLink, Verdict, digest_of
from knowledge.governance.lint.outside.reach import Outcome, ask

AT_ONCE = 500
MAX_SECONDS = 900
# Of one server in a round, and the pause between two of them.
PER_HOST = 20
PAUSE_SECONDS = 1.0
AGAIN_AFTER = timedelta(days=7)
FAILING_AGAIN_AFTER = timedelta(hours=20)
UNUSED_AFTER = timedelta(days=3)

FAILING = (Verdict.GONE, Verdict.FAILS)
# Looks on different days that must fail before anybody is told: servers have bad days.
DEAD = Q(verdict=Verdict.GONE, failures__gte=2) | Q(verdict=Verdict.FAILS, failures__gte=3)


def note(addresses: Collection[str], *, now: datetime) -> None:
    """Keep in mind what is linked to; two queries, and none while the check is off."""
    if not (settings.PORTAL_CHECK_OUTSIDE_LINKS and addresses):
        return
    rows = [OutsideLink(address=one, digest=digest_of(one), seen_at=now) for one in addresses]
    OutsideLink.objects.bulk_create(
        rows, 500, update_conflicts=True, unique_fields=["digest"], update_fields=["seen_at"]
    )


def forget_unused(*, now: datetime) -> None:
    OutsideLink.objects.filter(seen_at__lt=now - UNUSED_AFTER).delete()


def dead_among(addresses: Iterable[str]) -> dict[str, str]:
    """Why each of these that is dead is so; one query, and none while the check is off."""
    digests = [digest_of(one) for one in addresses]
    if not (settings.PORTAL_CHECK_OUTSIDE_LINKS and digests):
        return {}
    found = OutsideLink.objects.filter(DEAD, digest__in=digests)
    return dict(found.values_list("address", "detail"))


def ask_due(
    *,
    now: datetime,
    asked: Callable[[str], Outcome] = ask,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Ask what is due, the longest unasked first; how many were asked.

    Ends after ``MAX_SECONDS``: what is left is due in the next round.
    """
    until = time.monotonic() + MAX_SECONDS
    due = (
        Q(looked_at=None)
        | Q(failures=0, looked_at__lt=now - AGAIN_AFTER)
        | Q(failures__gt=0, looked_at__lt=now - FAILING_AGAIN_AFTER)
    )
    waiting = OutsideLink.objects.filter(due).order_by(F("looked_at").asc(nulls_first=True), "pk")
    hosts: Counter[str] = Counter()
    number = 0
    for link in waiting[:AT_ONCE]:
        if time.monotonic() > until:
            break
        host = urlsplit(link.address).netloc
        if hosts[host] >= PER_HOST:
            continue
        if hosts[host]:
            pause(PAUSE_SECONDS)
        hosts[host] += 1
        _keep(link, asked(link.address), now)
        number += 1
    return number


def _keep(link: OutsideLink, outcome: Outcome, now: datetime) -> None:
    """Unless another round was faster: a failure counts once a look."""
    failed = outcome.verdict in FAILING
    OutsideLink.objects.filter(pk=link.pk, looked_at=link.looked_at).update(
        looked_at=now,
        verdict=outcome.verdict,
        detail=outcome.detail,
        failures=F("failures") + 1 if failed else 0,
    )
