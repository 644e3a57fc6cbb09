"""Keeps what was decided in a review, in the transaction that decided it."""

from datetime import date
from typing import Any

from knowledge.catalog.people import called
from knowledge.governance.quarterly.models import ReviewRecord
from knowledge.governance.quarterly.quarters import Quarter

ENDS = (ReviewRecord.Decision.ARCHIVED, ReviewRecord.Decision.SUPERSEDED)


def keep(page: Any, by: Any, on: date, planned: date | None, decision: str, **_kwargs: Any) -> None:
    """What ends an artifact long before its review is not that review, done early."""
    if decision in ENDS and planned and planned > Quarter.of(on).last:
        planned = None
    ReviewRecord.objects.create(
        page_id=page.pk,
        title=page.title,
        path=page.path,
        planned=planned,
        actual=on,
        decision=decision,
        by_name=called(by)[:200] if by else "",
    )


def take_back(page: Any, on: date, **_kwargs: Any) -> None:
    """What came back in the quarter it went is not told as gone; reports of past quarters stay."""
    ReviewRecord.objects.filter(
        page=page.pk, decision=ReviewRecord.Decision.ARCHIVED, actual__gte=Quarter.of(on).first
    ).delete()
