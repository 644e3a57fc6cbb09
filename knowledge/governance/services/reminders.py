"""Mails before, at and after the day of a review: one digest a person and day, nothing twice."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog import digests
from knowledge.catalog.permissions import access_for
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.models import ReviewReminder
from knowledge.governance.selectors.due import Due, by_person

Stage = ReviewReminder.Stage


def waiting(*, now: datetime) -> list[int]:
    """Ids of people who have not been told today and have something new to hear."""
    local = timezone.localtime(now)
    if not digests.is_time(now):
        return []
    told_today = set(
        ReviewReminder.objects.filter(sent_on=local.date()).values_list("person", flat=True)
    )
    found = by_person(local.date())
    return sorted(pk for pk in found if pk not in told_today and _new(pk, found[pk]))


@transaction.atomic
def deliver(*, person_id: int, now: datetime) -> int:
    """Mail one person what has reached another stage, with all that waits besides; how many are new.

    Whoever comes while another run is at it waits and finds nothing due.

    Raises:
        OSError: the mail server refused or is away; all of it is due as before.
    """
    today = timezone.localtime(now).date()
    person = digests.held_reader(person_id)
    if person is None:
        return 0
    if ReviewReminder.objects.filter(person=person, sent_on=today).exists():
        return 0
    access = access_for(person)
    due = [one for one in by_person(today).get(person.pk, []) if access.opens(one.path)]
    new = _new(person.pk, due)
    if not new:
        return 0
    ReviewReminder.objects.bulk_create(
        [
            ReviewReminder(
                person=person,
                page_id=one.page_id,
                next_review=one.next_review,
                stage=one.stage,
                sent_on=today,
            )
            for one in new
        ]
    )
    known = [one for one in due if one not in new]
    send_mail(_subject(new), _body(new, known), settings.DEFAULT_FROM_EMAIL, [person.email])
    return len(new)


def _new(person_id: int, due: Sequence[Due]) -> list[Due]:
    told = set(
        ReviewReminder.objects.filter(
            person=person_id, page__in=[one.page_id for one in due]
        ).values_list("page", "next_review", "stage")
    )
    return [one for one in due if one.key not in told]


def _subject(new: Sequence[Due]) -> str:
    count = len(new)
    words = ngettext("%(n)d artifact wants your review", "%(n)d artifacts want your review", count)
    return words % {"n": count}


def _body(new: Sequence[Due], known: Sequence[Due]) -> str:
    lines: list[str] = []
    for stage in (Stage.STALE, Stage.DUE, Stage.SOON):
        lines += digests.headed(str(stage.label), [one for one in new if one.stage == stage], _line)
    lines += digests.headed(_("You know of these already"), known, _line)
    lines += [
        _("Does it still hold? Then confirm it. If not, change it, or name what takes its place."),
    ]
    return "\n".join(lines)


def _line(one: Due) -> list[str]:
    return [
        f"- {one.title} ({_('version')} {one.version}, {_day(one.next_review)})",
        f"  {_address(site_path(one.url_path))}",
        f"  {_('Confirm:')} {_address(reverse('artifact_confirm', args=[one.page_id]))}",
    ]


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _address(path: Any) -> str:
    return f"{settings.PORTAL_BASE_URL}{path}"
