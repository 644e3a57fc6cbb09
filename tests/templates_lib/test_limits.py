from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_lib import limits


@pytest.mark.parametrize(
    ("value", "shown"),
    [("4.00", "4"), ("0.50", "0.5"), (100, "100"), ("1E+3", "1000"), (0, "0"), ("-2.10", "-2.1")],
)
def test_a_number_is_shown_without_needless_zeros(value, shown):
    assert limits.number(value) == shown


@pytest.mark.parametrize("value", [None, "", "many", "NaN", "Infinity"])
def test_what_is_no_number_has_no_words(value):
    assert limits.number(value) == ""
    assert limits.figure(value, "hours") == ""
    assert limits.words("lt", value, "hours") == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1,5", "1.5"), (" 0,125 ", "0.125"), ("2000,5", "2000.5"), ("1400,250", "1400.25"), (7, "7")],
)
def test_a_comma_is_how_many_write_the_point(typed, read):
    assert limits.as_decimal(limits.typed(typed)) == Decimal(read)


@pytest.mark.parametrize("typed", ["1,400", "-1,400", "+12,000", "1,400,000", "1,000.5", "", None])
def test_what_may_be_thousands_is_no_number(typed):
    assert limits.as_decimal(limits.typed(typed)) is None


@pytest.mark.parametrize(
    ("comparison", "value", "unit", "shown"),
    [
        ("lt", "4", "hours", "less than 4 hours"),
        ("le", 5, "", "at most 5"),
        ("gt", "2.50", "% over 30 days", "more than 2.5% over 30 days"),
        ("ge", 90, "%", "at least 90%"),
        ("eq", 0, None, "exactly 0"),
    ],
)
def test_a_limit_reads_as_a_sentence_would(comparison, value, unit, shown):
    assert limits.words(comparison, value, unit) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), st.integers(-100, 100))
def test_a_limit_holds_as_arithmetic_says(actual, limit):
    expected = {
        "lt": actual < limit,
        "le": actual <= limit,
        "gt": actual > limit,
        "ge": actual >= limit,
        "eq": actual == limit,
    }
    assert {name: limits.holds(name, actual, limit) for name in expected} == expected


def test_without_a_figure_nothing_is_compared():
    assert limits.holds("lt", None, Decimal(4)) is None
    assert limits.holds("lt", Decimal(4), None) is None
    assert limits.holds("", 1, 2) is None
