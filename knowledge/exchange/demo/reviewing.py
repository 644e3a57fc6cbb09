"""Changes of demo artifacts that wait for a review: one overdue, one claimed, one with time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from knowledge.exchange.demo.files import PRACTICE_FILE
from knowledge.exchange.errors import ContentError
from knowledge.governance.reviewing.services import assignments
from knowledge.governance.services import moderation


def ensure(
    content: Mapping[str, Any], pages: Mapping[str, Page], fresh: set[int], now: datetime
) -> None:
    """Submit those of pages whose ids are in ``fresh``; others had theirs when they were new.

    Raises:
        ContentError: naming the artifact that is not there.
    """
    people = {person.get_username(): person for person in get_user_model().objects.all()}
    with _without_mails():
        for row in content.get("reviews") or ():
            page = pages.get(row["artifact"])
            if page is None:
                raise ContentError(PRACTICE_FILE, row["artifact"], "there is no such artifact")
            if page.pk in fresh:
                _submit(row, page, people, now)


def _submit(row: Mapping[str, Any], page: Page, people: Mapping[str, Any], now: datetime) -> None:
    author, reviewer = people[row["by"]], people[row["reviewer"]]
    draft = page.get_latest_revision_as_object()
    draft.bottom_line, draft.change_note = row["bottom_line"], row["change_note"]
    draft.save_revision(user=author)
    moderation.submit(page=draft, by=author)
    state_id = draft.current_workflow_task_state.pk
    assignments.plan(
        state_id=state_id,
        due_on=timezone.localdate(now) + timedelta(days=row["due_in_days"]),
        priority=row.get("priority", assignments.Priority.NORMAL),
        by=reviewer,
    )
    if row.get("claimed"):
        assignments.claim(state_id=state_id, by=reviewer, at=now)


@contextmanager
def _without_mails() -> Iterator[None]:
    """The people of the demo have no mailboxes."""
    profiles = [UserProfile.get_for_user(one) for one in get_user_model().objects.all()]
    told = [one.pk for one in profiles if one.submitted_notifications]
    rows = UserProfile.objects.filter(pk__in=told)
    rows.update(submitted_notifications=False)
    yield
    rows.update(submitted_notifications=True)
