"""Limits such as "less than 4 hours": one vocabulary for metrics and risk thresholds."""

import re
from decimal import Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt
from typing import Any

from django.utils.translation import gettext_lazy as _

COMPARISONS = [
    ("lt", _("less than")),
    ("le", _("at most")),
    ("gt", _("more than")),
    ("ge", _("at least")),
    ("eq", _("exactly")),
]
_WORDS = dict(COMPARISONS)
_TESTS = {"lt": lt, "le": le, "gt": gt, "ge": ge, "eq": eq}
# 1,400 is fourteen hundred to some, and a little more than one to others.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")


def as_decimal(value: Any) -> Decimal | None:
    """A finite number; None for a blank and for what is no number, as drafts may hold."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def typed(value: Any) -> str:
    """What a person types for a number, with a point for a comma.

    Empty where the comma may part thousands: what can be read in two ways is asked again.
    """
    text = str(value if value is not None else "").strip()
    return "" if _THOUSANDS.fullmatch(text) else text.replace(",", ".")


def holds(comparison: str | None, actual: Any, limit: Any) -> bool | None:
    """Whether ``actual`` is on the right side of ``limit``; None when there is nothing to compare."""
    left, right = as_decimal(actual), as_decimal(limit)
    test = _TESTS.get(comparison or "")
    return test(left, right) if test and left is not None and right is not None else None


def number(value: Any) -> str:
    """A number without needless zeros: 4.00 is 4, 0.50 is 0.5; empty for what is no number."""
    found = as_decimal(value)
    if found is None:
        return ""
    text = f"{found:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(value: Any, unit: str | None = "") -> str:
    """A number with its unit: ``4 hours``, ``90%``; empty for what is no number."""
    text, unit = number(value), (unit or "").strip()
    return (
        f"{text}{unit}"
        if unit.startswith("%") and text
        else f"{text} {unit if text else ''}".strip()
    )


def words(comparison: str | None, limit: Any, unit: str | None = "") -> str:
    """``less than 4 hours``; empty without a limit."""
    shown = figure(limit, unit)
    return f"{_WORDS.get(comparison or '', '')} {shown}".strip() if shown else ""
