"""Putting a review off: with a reason, for a while, and not again and again unseen."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.governance.errors import ReviewRefused
from knowledge.governance.models import ReviewSnooze
from knowledge.governance.models.snoozes import REASON_CHARS
from knowledge.governance.reviewing.selectors import sections

MAX_DAYS = 60
# Once more, and it is for the owner of the section to say.
FREE = 2


def can_wait(page: Artifact, *, on: date) -> bool:
    """Whether there is a review that a day can be found for; who may still put it off is asked then."""
    last = on + timedelta(days=MAX_DAYS)
    return page.live and page.next_review is not None and page.next_review < last


@transaction.atomic
def snooze(*, page: Artifact, by: Any, until: date, reason: str, on: date) -> ReviewSnooze:
    """Let the reminders of this review wait until the day ``until``; readers see no difference.

    With the second time the owner of the section is told; a third time only that owner decides.

    Args:
        on: today, in the site's time zone.

    Raises:
        PermissionDenied: ``by`` may not publish the page.
        ReviewRefused: nothing is due, no reason, a day out of bounds, or put off too often.
    """
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied("Only those who may publish this page put its review off.")
    # Whoever puts it off at the same time waits, and is counted.
    due = Artifact.objects.select_for_update().get(pk=page.pk).next_review
    if not page.live or due is None:
        raise ReviewRefused(_("There is no review to put off."))
    reason = " ".join(reason.split())[:REASON_CHARS]
    if not reason:
        raise ReviewRefused(_("Say why it has to wait."))
    same = ReviewSnooze.objects.filter(
        page=page, next_review=due, until=until, reason=reason, by=by
    ).first()
    if same is not None:
        # Sent twice.
        return same
    last = on + timedelta(days=MAX_DAYS)
    if not max(on, due) < until <= last:
        words = {"first": _day(max(on, due)), "last": _day(last)}
        raise ReviewRefused(
            _("Choose a day after %(first)s and not after %(last)s.") % words
            if due < last
            else _("There is no review to put off.")
        )
    times = 1 + ReviewSnooze.objects.filter(page=page, next_review=due).count()
    holder = sections.load().holder_of(page.path)
    if times > FREE and not holder.includes(by):
        names = ", ".join(called(one) for one in holder.people())
        raise ReviewRefused(
            _(
                "It was put off %(times)d times already. Now the owner of the section decides: %(who)s."
            )
            % {"times": times - 1, "who": names or _("an administrator")}
        )
    made = ReviewSnooze.objects.create(
        page=page, next_review=due, until=until, reason=reason, by=by
    )
    log(page, "governance.snooze", user=by, data={"until": until.isoformat(), "reason": reason})
    if times >= FREE:
        _tell(holder, made, times)
    return made


def _tell(holder: sections.Holder, made: ReviewSnooze, times: int) -> None:
    confirm = f"{settings.PORTAL_BASE_URL}{reverse('artifact_confirm', args=[made.page_id])}"
    words = {
        "who": called(made.by),
        "title": made.page.title,
        "until": _day(made.until),
        "times": times,
        "reason": made.reason,
    }
    text = _(
        "%(who)s put off the review of “%(title)s” until %(until)s. It was put off %(times)d times.\n"
        "Reason: %(reason)s\n\nIf it has to wait once more, you decide. Confirm it, or put it off:"
    )
    for person in holder.people().exclude(pk=made.by_id).exclude(email=""):
        send_mail(
            _("A review was put off again: %s") % " ".join(made.page.title.split()),
            f"{text % words}\n{confirm}\n",
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )


def _day(day: date) -> str:
    return date_format(day, "j F Y")
