"""Keeps what was decided in a review, in the transaction that decided it."""

from datetime import date
from typing import Any

from knowledge.catalog.people import called
from knowledge.governance.quarterly.models import ReviewRecord


def keep(page: Any, by: Any, on: date, planned: date | None, decision: str, **_kwargs: Any) -> None:
    ReviewRecord.objects.create(
        page_id=page.pk,
        title=page.title,
        path=page.path,
        planned=planned,
        actual=on,
        decision=decision,
        by_name=called(by)[:200] if by else "",
    )
