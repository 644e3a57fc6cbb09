"""Spans of time in words. A blank or a negative number gives no words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR = 60
DAY = 24 * HOUR
WEEK_DAYS = 7


def minutes(number: int | None) -> str:
    """``5 minutes``, ``1 hour 30 minutes``, ``2 days``."""
    if number is None or number < 0:
        return ""
    whole_days, rest = divmod(number, DAY)
    hours, left = divmod(rest, HOUR)
    parts = []
    if whole_days:
        parts.append(ngettext("%(n)d day", "%(n)d days", whole_days) % {"n": whole_days})
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if left or not parts:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", left) % {"n": left})
    return " ".join(parts)


def within(number: int | None) -> str:
    """A limit in minutes: ``at once``, ``15 minutes``."""
    return _("at once") if number == 0 else minutes(number)


def moment(number: int | None) -> str:
    """A minute of a timeline: ``at the start``, ``after 2 hours``."""
    if number == 0:
        return _("at the start")
    span = minutes(number)
    return _("after %(span)s") % {"span": span} if span else ""


def days(number: int | None) -> str:
    """``10 days``, ``2 weeks``."""
    if not number or number < 0:
        return ""
    if number % WEEK_DAYS == 0:
        weeks = number // WEEK_DAYS
        return ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def every(number: int | None) -> str:
    """A rhythm in days: ``every day``, ``every 2 weeks``."""
    if not number or number < 0:
        return ""
    if number % WEEK_DAYS == 0:
        weeks = number // WEEK_DAYS
        return ngettext("every week", "every %(n)d weeks", weeks) % {"n": weeks}
    return ngettext("every day", "every %(n)d days", number) % {"n": number}


def after_start(number: int | None) -> str:
    """When something is due in a plan without dates: ``5 days after the start``."""
    if number == 0:
        return _("on the day of the start")
    if number is None or number < 0:
        return ""
    return ngettext("%(n)d day after the start", "%(n)d days after the start", number) % {
        "n": number
    }
