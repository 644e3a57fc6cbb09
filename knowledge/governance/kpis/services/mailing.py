"""The indicators by mail, on Mondays, to those who chose it and may read them. Each week once."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog import digests
from knowledge.governance.kpis.models import Subscription
from knowledge.governance.kpis.permissions import may_read
from knowledge.governance.kpis.selectors import readings


@transaction.atomic
def choose(*, by: Any, wanted: bool, now: datetime) -> None:
    """Whether ``by`` wants the mail; the first one comes on the next Monday.

    Raises:
        PermissionDenied: ``by`` may not read indicators.
    """
    if not may_read(by):
        raise PermissionDenied("This person may not read indicators.")
    if wanted:
        Subscription.objects.get_or_create(person=by, defaults={"sent_in": _monday(now)})
    else:
        Subscription.objects.filter(person=by).delete()


def waiting(*, now: datetime) -> list[int]:
    """Ids of people whose mail of this week is due."""
    if not digests.is_time(now):
        return []
    due = Q(sent_in__lt=_monday(now)) | Q(sent_in__isnull=True)
    return list(Subscription.objects.filter(due).values_list("person", flat=True))


@transaction.atomic
def deliver(*, person_id: int, now: datetime) -> bool:
    """Mail one person; whether a mail went out. Who has lost the right gets nothing.

    Whoever comes while another run is at it waits and finds nothing due.

    Raises:
        OSError: the mail server refused or is away; the mail is due as before.
    """
    chosen = Subscription.objects.select_for_update().filter(person=person_id).first()
    monday = _monday(now)
    if chosen is None or (chosen.sent_in is not None and chosen.sent_in >= monday):
        return False
    Subscription.objects.filter(pk=chosen.pk).update(sent_in=monday)
    person = get_user_model().objects.get(pk=person_id)
    if not (may_read(person) and person.email):
        return False
    tiles = readings.tiles(today=timezone.localtime(now).date())
    missed = sum(tile.is_met is False for tile in tiles)
    subject = _("Indicators of the week: %(missed)s of %(all)s miss their target") % {
        "missed": missed,
        "all": len(tiles),
    }
    send_mail(subject, _body(tiles), settings.DEFAULT_FROM_EMAIL, [person.email])
    return True


def _body(tiles: list[readings.Tile]) -> str:
    lines = []
    for tile in tiles:
        lines += [f"- {tile.kpi.name}: {tile.actual_words or _('no value yet')}"]
        lines += [f"  {tile.state_words}. {tile.trend_words}".rstrip()]
    address = f"{settings.PORTAL_BASE_URL}{reverse('kpis:list')}"
    return "\n".join([*lines, "", _("All of it, and how to stop these mails:"), address])


def _monday(now: datetime) -> date:
    today = timezone.localtime(now).date()
    return today - timedelta(days=today.weekday())
