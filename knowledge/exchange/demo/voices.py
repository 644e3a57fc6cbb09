"""What readers said of demo artifacts, what became of it, and who owns a section of the demo."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.models import Page

from knowledge.exchange.demo.files import PRACTICE_FILE
from knowledge.exchange.errors import ContentError
from knowledge.governance.models import Feedback
from knowledge.governance.proposals import parts
from knowledge.governance.proposals import services as proposals
from knowledge.governance.sections import services as sections
from knowledge.governance.services import answers, feedback

ACTOR = "administrator"


def ensure(
    content: Mapping[str, Any], pages: Mapping[str, Page], fresh: set[int], now: datetime
) -> None:
    """Make those of pages whose ids are in ``fresh``; others have theirs already.

    Raises:
        ContentError: naming the page that is not there, or whose part is not.
    """
    people = {person.get_username(): person for person in get_user_model().objects.all()}
    makers = (("sections", _own), ("feedback", _say), ("proposals", _propose))
    with without_mails():
        for name, make in makers:
            for row in content.get(name) or ():
                page = pages.get(row["page"])
                if page is None:
                    raise ContentError(PRACTICE_FILE, name, f"there is no {row['page']}")
                if page.pk in fresh:
                    make(row, page.specific, people, now)


@contextmanager
def without_mails() -> Iterator[None]:
    """The people of the demo have no mailboxes."""
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = usual


def _own(row: Mapping[str, Any], page: Any, people: Mapping[str, Any], now: datetime) -> None:
    sections.appoint(section=page, by=people[ACTOR], user=people[row["owner"]])


def _say(row: Mapping[str, Any], page: Any, people: Mapping[str, Any], now: datetime) -> None:
    said = feedback.give(
        page=page,
        by=people[row["by"]] if "by" in row else None,
        sort=row["sort"],
        text=row.get("text", ""),
        reason=row.get("reason", ""),
        quote=row.get("quote", ""),
    )
    Feedback.objects.filter(pk=said.pk).update(mailed_at=now)
    if "answer" in row:
        answers.answer(
            feedback=said,
            by=people[row["answered_by"]],
            state=row["state"],
            text=row["answer"],
            at=now,
        )


def _propose(row: Mapping[str, Any], page: Any, people: Mapping[str, Any], now: datetime) -> None:
    part = next((one for one in parts.of(page) if one.label == row["part"]), None)
    if part is None:
        raise ContentError(PRACTICE_FILE, row["page"], f"there is no part {row['part']}")
    proposal = proposals.propose(
        page=page, by=people[row["by"]], target=part.target, text=row["text"], reason=row["reason"]
    )
    for by, text in row.get("thread", ()):
        proposals.remark(proposal=proposal, by=people[by], text=text)
