"""Mails about waiting steps: due soon, overdue, long overdue; one digest a person and day."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog import digests
from knowledge.governance.reviewing.models import Chaser
from knowledge.governance.reviewing.selectors import overdue
from knowledge.governance.reviewing.selectors.overdue import Late
from knowledge.governance.reviewing.selectors.standing import Standing

Stage = Chaser.Stage


def waiting(*, now: datetime) -> list[int]:
    """Ids of people who enter the admin and have not been told today; nobody when nothing is due."""
    local = timezone.localtime(now)
    if not digests.is_time(now) or not overdue.anything(local.date()):
        return []
    people = get_user_model().objects.with_perm(
        "wagtailadmin.access_admin", backend="django.contrib.auth.backends.ModelBackend"
    )
    told = Chaser.objects.filter(sent_on=local.date()).values("person")
    return list(
        people.exclude(email="").exclude(pk__in=told).order_by("pk").values_list("pk", flat=True)
    )


@transaction.atomic
def deliver(*, person_id: int, now: datetime) -> int:
    """Mail one person what has reached another stage, with what waits besides; how many are new.

    Whoever comes while another run is at it waits and finds nothing due.

    Raises:
        OSError: the mail server refused or is away; all of it is due as before.
    """
    today = timezone.localtime(now).date()
    person = digests.held_reader(person_id)
    if person is None:
        return 0
    if Chaser.objects.filter(person=person, sent_on=today).exists():
        return 0
    late = overdue.of(Standing(person, today=today))
    told = set(
        Chaser.objects.filter(
            person=person, assignment__in=[one.assignment_id for one in late]
        ).values_list("assignment", "due_on", "stage")
    )
    new = [one for one in late if one.key not in told]
    if not new:
        return 0
    Chaser.objects.bulk_create(
        [
            Chaser(
                person=person,
                assignment_id=one.assignment_id,
                due_on=one.due_on,
                stage=one.stage,
                sent_on=today,
            )
            for one in new
        ]
    )
    known = [one for one in late if one.key in told]
    send_mail(_subject(new), _body(new, known), settings.DEFAULT_FROM_EMAIL, [person.email])
    return len(new)


def _subject(new: Sequence[Late]) -> str:
    count = len(new)
    words = ngettext("%(n)d draft waits for a decision", "%(n)d drafts wait for a decision", count)
    return words % {"n": count}


def _body(new: Sequence[Late], known: Sequence[Late]) -> str:
    lines: list[str] = []
    for stage in (Stage.LONG, Stage.OVER, Stage.SOON):
        lines += digests.headed(str(stage.label), [one for one in new if one.stage == stage], _line)
    lines += digests.headed(_("You know of these already"), known, _line)
    lines += [_("Your whole queue:"), _address("review_queue")]
    return "\n".join(lines)


def _line(one: Late) -> list[str]:
    day = date_format(one.due_on, "j F Y")
    # Who answers for the section need not be a reviewer of the step.
    address = (
        _address("wagtailadmin_pages:edit", one.page_id)
        if one.stage == Stage.LONG
        else _address("review_desk", one.state_id)
    )
    return [f"- {one.title} ({_('due %s') % day})", f"  {address}"]


def _address(name: str, *args: int) -> str:
    return f"{settings.PORTAL_BASE_URL}{reverse(name, args=args)}"
