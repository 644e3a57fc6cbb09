"""The mail of the morning: what is new for a person, and what is due. At most one a day, nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.catalog import digests
from knowledge.catalog.permissions import access_for
from knowledge.practice.work.models import MorningMail, Told
from knowledge.practice.work.sections import Asking, Line, sections

# Of one section; nobody has more in sight.
MOST = 200
Stage = Told.Stage


@dataclass(frozen=True, slots=True)
class Due:
    line: Line
    stage: Stage

    @property
    def key(self) -> tuple[str, str]:
        day = self.line.due.isoformat() if self.line.due else ""
        return f"{self.line.uid} {day}".strip(), self.stage.value


def choose(*, by: Any, wanted: bool) -> None:
    """Whether ``by`` gets the mail. It is sent to everybody who has not said no."""
    MorningMail.objects.update_or_create(person=by, defaults={"is_wanted": wanted})


def is_wanted(person: Any) -> bool:
    return not MorningMail.objects.filter(person=person.pk, is_wanted=False).exists()


def reaches(person: Any) -> bool:
    return bool(person.email) and is_wanted(person)


def waiting(*, now: datetime) -> list[int]:
    """Ids of people for whom it was not looked today."""
    if not digests.is_time(now):
        return []
    done = Q(morning_mail__is_wanted=False) | Q(morning_mail__looked_on=timezone.localdate(now))
    people = get_user_model().objects.filter(is_active=True).exclude(email="").exclude(done)
    return list(people.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def deliver(*, person_id: int, now: datetime) -> int:
    """Mail one person what is new or has come due, with what waits besides; how many are told.

    Whoever comes while another run is at it waits and finds that it was looked today.

    Raises:
        OSError: the mail server refused or is away; all of it is told as before.
    """
    person = digests.held_reader(person_id)
    if person is None:
        return 0
    today = timezone.localdate(now)
    mail, _new = MorningMail.objects.get_or_create(person=person)
    if not mail.is_wanted or mail.looked_on == today:
        return 0
    mail.looked_on = today
    mail.save(update_fields=["looked_on"])
    due = _due(Asking(person, access_for(person), now))
    keys = [one.key for one in due]
    told = Told.objects.filter(person=person)
    # What is done, or was taken from the person, is new when it comes again.
    told.exclude(line__in={line for line, _stage in keys}).delete()
    known = set(told.values_list("line", "stage"))
    fresh = [one for one in due if one.key not in known]
    if not fresh:
        return 0
    Told.objects.bulk_create(
        [
            Told(person=person, line=line, stage=stage)
            for line, stage in keys
            if (line, stage) not in known
        ]
    )
    rest = [one for one in due if one.key in known]
    send_mail(_subject(fresh), _body(fresh, rest), settings.DEFAULT_FROM_EMAIL, [person.email])
    return len(fresh)


def _due(asking: Asking) -> list[Due]:
    found = []
    for section in sections():
        if not section.mailed:
            continue
        for line in section.lines(list(section.rows(asking)[:MOST]), asking):
            if line.due is not None and line.due <= asking.today:
                found.append(Due(line, Stage.DUE))
            elif line.news:
                found.append(Due(line, Stage.NEW))
    return found


def _subject(fresh: Sequence[Due]) -> str:
    due = sum(one.stage == Stage.DUE for one in fresh)
    if due:
        return ngettext("%d thing is due", "%d things are due", due) % due
    new = len(fresh)
    return ngettext("%d new thing waits for you", "%d new things wait for you", new) % new


def _body(fresh: Sequence[Due], rest: Sequence[Due]) -> str:
    lines: list[str] = []
    for stage in (Stage.DUE, Stage.NEW):
        some = [one for one in fresh if one.stage == stage]
        lines += digests.headed(str(stage.label), some, _line)
    lines += digests.headed(_("You know of these already"), rest, _line)
    lines += [_("All of it, and how to stop these mails:"), _address(reverse("work:index"))]
    return "\n".join(lines)


def _line(one: Due) -> list[str]:
    line = one.line
    day = _("due %s") % date_format(line.due, "j F Y") if line.due else ""
    facts = ", ".join(filter(None, (line.about, line.note, day)))
    return [f"- {line.title}" + (f" ({facts})" if facts else ""), f"  {_address(line.url)}"]


def _address(path: str) -> str:
    return f"{settings.PORTAL_BASE_URL}{path}"
