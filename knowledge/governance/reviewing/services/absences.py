"""Naming a deputy."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.governance.auditing import only_reads
from knowledge.governance.reviewing.errors import AbsenceRefused
from knowledge.governance.reviewing.models import Absence

MOST = 20


@transaction.atomic
def announce(*, by: Any, deputy: Any, first_day: date, last_day: date, today: date) -> Absence:
    """``deputy`` stands in for ``by`` from the first day to the last.

    Raises:
        AbsenceRefused: the days or the deputy cannot be so.
    """
    if deputy.pk == by.pk:
        raise AbsenceRefused("deputy", _("Name somebody else."))
    if not (deputy.is_active and deputy.has_perm("wagtailadmin.access_admin")):
        raise AbsenceRefused("deputy", _("This person cannot enter the admin."))
    if only_reads(deputy):
        raise AbsenceRefused("deputy", _("Auditors read and change nothing."))
    if last_day < first_day:
        raise AbsenceRefused("last_day", _("It ends before it begins."))
    if last_day < today:
        raise AbsenceRefused("last_day", _("These days are over."))
    if Absence.objects.filter(person=by, last_day__gte=today).count() >= MOST:
        raise AbsenceRefused("first_day", _("Remove one of your absences first: there are many."))
    return Absence.objects.create(person=by, deputy=deputy, first_day=first_day, last_day=last_day)


def withdraw(*, by: Any, absence_id: int) -> None:
    """Somebody else's is not found."""
    Absence.objects.filter(pk=absence_id, person=by).delete()
