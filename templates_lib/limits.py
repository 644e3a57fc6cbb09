"""Limits such as "less than 4 hours": one vocabulary for metrics and risk thresholds."""

from decimal import Decimal
from operator import eq, ge, gt, le, lt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COMPARISONS = [
    ("lt", gettext_lazy("less than")),
    ("le", gettext_lazy("at most")),
    ("gt", gettext_lazy("more than")),
    ("ge", gettext_lazy("at least")),
    ("eq", gettext_lazy("exactly")),
]
_TESTS = {"lt": lt, "le": le, "gt": gt, "ge": ge, "eq": eq}


def holds(comparison: str, actual: Decimal, limit: Decimal) -> bool:
    """Whether ``actual`` is on the right side of ``limit``."""
    return _TESTS[comparison](actual, limit)


def number(value: Decimal | None) -> str:
    """A number without needless zeros: 4.00 is 4, 0.50 is 0.5; empty for None."""
    if value is None:
        return ""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def words(comparison: str, limit: Decimal | None, unit: str = "") -> str:
    """``less than 4 hours``."""
    compared = {
        "lt": _("less than"),
        "le": _("at most"),
        "gt": _("more than"),
        "ge": _("at least"),
        "eq": _("exactly"),
    }.get(comparison, "")
    return " ".join(part for part in (compared, number(limit), unit or "") if part)
