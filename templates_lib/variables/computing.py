"""Values that are worked out from other answers, by a short closed list of operations.

Nothing that a person writes is ever evaluated: an operation is one of these names, what it works on
are keys of fields above it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal, InvalidOperation, localcontext
from typing import Any

from django.utils.translation import gettext_lazy as _

from templates_lib import limits

# Enough for any sum of money; a product of many long numbers must not become a page of digits.
DIGITS = 28
OPERATIONS = [
    ("sum", _("Sum of the numbers")),
    ("difference", _("First number minus the others")),
    ("product", _("Product of the numbers")),
    ("days", _("Days from the first date to the second")),
]
OF_DATES = ("days",)


def number_of(text: Any) -> Decimal | None:
    """A number as people type it, with a point or a comma; None for anything else."""
    return limits.as_decimal(limits.typed(text))


def compute(operation: str, given: Sequence[Any]) -> str:
    """The value as plain text without needless zeros; empty while something it needs is missing."""
    if operation in OF_DATES:
        return _days(given)
    work = _WORK.get(operation)
    numbers = [number_of(one) for one in given]
    if work is None or not numbers or None in numbers:
        return ""
    with localcontext(Context(prec=DIGITS, Emax=DIGITS, Emin=-DIGITS)):
        try:
            value = work([one for one in numbers if one is not None])
        except (InvalidOperation, ArithmeticError):
            return ""
        return limits.number(value)


def _difference(numbers: Sequence[Decimal]) -> Decimal:
    return numbers[0] - sum(numbers[1:], Decimal(0))


def _product(numbers: Sequence[Decimal]) -> Decimal:
    value = Decimal(1)
    for one in numbers:
        value *= one
    return value


_WORK: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": lambda numbers: sum(numbers, Decimal(0)),
    "difference": _difference,
    "product": _product,
}


def _days(given: Sequence[Any]) -> str:
    if len(given) != 2:
        return ""
    try:
        first, second = (date.fromisoformat(str(one)) for one in given)
    except ValueError:
        return ""
    return str((second - first).days)
