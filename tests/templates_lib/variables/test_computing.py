"""Values that are worked out: exact, closed to everything but the named operations."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from templates_lib.variables.answers import check_answers
from templates_lib.variables.computing import OPERATIONS, compute, number_of

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=3)
HOSTILE = ["__import__('os')", "{{7*7}}", "1+1", "NaN", "Infinity", "1e999999", "0x10", ""]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(numbers, min_size=1, max_size=6))
def test_a_sum_and_a_difference_are_exact(given_numbers):
    said = [str(one) for one in given_numbers]
    assert Decimal(compute("sum", said)) == sum(given_numbers)
    first, *rest = given_numbers
    assert Decimal(compute("difference", said)) == first - sum(rest)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(numbers, numbers)
def test_a_product_does_not_depend_on_the_order(one, other):
    assert compute("product", [str(one), str(other)]) == compute("product", [str(other), str(one)])
    assert Decimal(compute("product", [str(one), str(other)])) == one * other


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(), st.integers(-5000, 5000))
def test_days_between_dates_are_those_of_the_calendar(first, days):
    try:
        second = first + timedelta(days=days)
    except OverflowError:
        return
    assert compute("days", [first.isoformat(), second.isoformat()]) == str(days)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.lists(st.text(), max_size=4))
def test_nothing_is_evaluated(operation, said):
    """Whatever is sent: a plain number comes out, or nothing."""
    value = compute(operation, said)
    assert value == "" or number_of(value) is not None


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("operation", [name for name, _label in OPERATIONS])
def test_what_is_no_number_or_date_gives_nothing(operation, hostile):
    assert compute(operation, [hostile, "2"]) in ("", "0") or hostile == "1e999999"
    assert len(compute(operation, [hostile, "2"])) < 40


def test_what_is_missing_leaves_it_empty_and_a_comma_is_a_point():
    assert compute("sum", ["1,5", "2.5"]) == "4"
    assert compute("sum", ["1,400", "1"]) == ""
    assert compute("sum", ["1", None]) == ""
    assert compute("sum", []) == ""
    assert compute("days", [date(2026, 1, 1).isoformat()]) == ""


FORM = {
    "variables": [
        {"key": "seats", "label": "Seats", "kind": "number"},
        {"key": "price", "label": "Price", "kind": "number", "unit": "EUR"},
        {
            "key": "total",
            "label": "Total",
            "kind": "computed",
            "operation": "product",
            "of": ["seats", "price"],
        },
        {
            "key": "rest",
            "label": "Rest",
            "kind": "computed",
            "operation": "difference",
            "of": ["total", "price"],
        },
    ]
}


def test_a_computed_value_may_be_worked_on_further_and_cannot_be_sent():
    answers, errors = check_answers(FORM, {"seats": "3", "price": "2.50", "total": "1000000"})
    assert errors == {}
    assert (answers["total"], answers["rest"]) == ("7.5", "5")
