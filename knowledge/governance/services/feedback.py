"""Readers speak; the owner hears. What was not mailed at once is mailed by a sweep."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.catalog.selectors.categories import site_path
from knowledge.catalog.services import freshness, queueing
from knowledge.governance.models import Feedback
from knowledge.governance.models.feedback import MAX_QUOTE_CHARS, MAX_TEXT_CHARS
from knowledge.governance.trust import selectors as trust

MAX_SUBJECT_CHARS = 150
# A sweep leaves alone what may still be on its way, and what is too old to be news.
SWEEP_AFTER = timedelta(minutes=5)
SWEEP_UNTIL = timedelta(days=7)


@transaction.atomic
def give(
    *,
    page: Artifact,
    by: Any,
    sort: str,
    text: str = "",
    reason: str = "",
    quote: str = "",
    anchor: str = "",
) -> Feedback:
    """Keep what a reader says and mail it to the owner after the commit.

    The caller has checked that the reader may see the page. ``by`` is None for an anonymous one:
    then nothing is kept that could lead to a person. A plain "helpful" is kept without a mail.

    Args:
        quote: the passage that is meant, in the words of today; ``anchor`` is where it stood.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    before = trust.word_of(page, now=now, today=today)
    feedback = Feedback.objects.create(
        page=page,
        version=page.version,
        sort=sort,
        text=text.strip(),
        reason=reason,
        quote=quote.strip()[:MAX_QUOTE_CHARS],
        anchor=anchor,
        author=by,
    )
    # Pages are kept for everybody: only another word is worth making all of them anew.
    if trust.word_of(page, now=now, today=today) != before:
        freshness.bump()
    if is_news(feedback):
        transaction.on_commit(lambda: _hand_over(feedback.pk))
    return feedback


@transaction.atomic
def report_step(
    *,
    page: Artifact,
    version: str,
    step: str,
    by: Any,
    text: str,
    sort: str = Feedback.Sort.RUN,
) -> bool:
    """A step failed in a run, or was said to be wrong: the owner hears of it, once for each step while
    it is not settled.

    Returns:
        Whether this is new: False when the same step of that version is reported and still open.
    """
    feedback, is_new = Feedback.objects.get_or_create(
        page=page,
        version=version,
        cause=step,
        state=Feedback.State.OPEN,
        defaults={
            "sort": sort,
            "text": f"{step}: {text}"[:MAX_TEXT_CHARS],
            "author": by,
        },
    )
    if is_new:
        transaction.on_commit(lambda: _hand_over(feedback.pk))
    return is_new


def is_news(feedback: Feedback) -> bool:
    """Whether the owner is told: not of a "helpful" without words."""
    return feedback.sort != Feedback.Sort.HELPFUL or bool(feedback.text)


def _hand_over(feedback_id: int) -> None:
    from knowledge.governance.tasks import deliver_feedback

    # When the queue does not take it, the sweep finds the row.
    queueing.hand_over(deliver_feedback, feedback_id)


def waiting(*, now: datetime) -> list[int]:
    """Ids of feedback that the owner should have heard of by now."""
    untold = Feedback.objects.filter(
        mailed_at__isnull=True, created_at__range=(now - SWEEP_UNTIL, now - SWEEP_AFTER)
    )
    news = ~Q(sort=Feedback.Sort.HELPFUL) | ~Q(text="")
    return list(untold.filter(news).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def deliver(*, feedback_id: int, now: datetime) -> int:
    """Mail one piece of feedback to the owner, or to each member of the owning group, once.

    It counts as told when the mail server has taken it: a worker that is killed meanwhile leaves
    it waiting. The row is locked, so that two workers never tell the same.

    Returns:
        How many were told; 0 too when somebody else is doing it or it was done before.

    Raises:
        OSError: the mail server refused or is away; the feedback waits again.
    """
    untold = Feedback.objects.filter(pk=feedback_id, mailed_at__isnull=True)
    feedback = untold.select_for_update(skip_locked=True).first()
    if feedback is None:
        return 0
    addresses = addresses_of(feedback.page)
    subject = " ".join((_("Feedback on %s") % feedback.page.title).split())[:MAX_SUBJECT_CHARS]
    body = _body(feedback)
    for address in addresses:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    untold.update(mailed_at=now)
    return len(addresses)


def addresses_of(page: Artifact) -> list[str]:
    """Of the owner, or of each active member of the owning group, to whom the page is open."""
    people = [page.owner_user] if page.owner_user else []
    if page.owner_group:
        people = list(page.owner_group.user_set.order_by("pk"))
    reached = (person for person in people if person.is_active and person.email)
    return [person.email for person in reached if access_for(person).opens(page.path)]


def _body(feedback: Feedback) -> str:
    page = feedback.page
    facts = {
        "who": called(feedback.author) or _("A reader"),
        "title": page.title,
        "version": feedback.version,
        "sort": feedback.get_sort_display(),
    }
    lines = [
        _("%(who)s on “%(title)s”, version %(version)s: %(sort)s.") % facts,
        *([feedback.get_reason_display()] if feedback.reason else []),
        *([f"> {' '.join(feedback.quote.split())}"] if feedback.quote else []),
        "",
        feedback.text or _("No text was given."),
        "",
        f"{settings.PORTAL_BASE_URL}{site_path(page.url_path)}",
    ]
    return "\n".join(lines)
