import pytest

from templates_lib import spans


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (1440, "1 day"),
        (2945, "2 days 1 hour 5 minutes"),
    ],
)
def test_minutes_are_told_in_days_hours_and_minutes(minutes, shown):
    assert spans.minutes(minutes) == shown


def test_a_limit_of_nought_minutes_is_at_once():
    assert spans.within(0) == "at once"
    assert spans.within(15) == "15 minutes"


def test_a_timeline_begins_at_the_start():
    assert spans.moment(0) == "at the start"
    assert spans.moment(120) == "after 2 hours"


@pytest.mark.parametrize(
    ("days", "length", "rhythm"),
    [
        (1, "1 day", "every day"),
        (7, "1 week", "every week"),
        (10, "10 days", "every 10 days"),
        (14, "2 weeks", "every 2 weeks"),
    ],
)
def test_days_that_are_whole_weeks_are_told_in_weeks(days, length, rhythm):
    assert spans.days(days) == length
    assert spans.every(days) == rhythm


def test_due_days_are_counted_from_the_start():
    assert spans.after_start(0) == "on the day of the start"
    assert spans.after_start(1) == "1 day after the start"
    assert spans.after_start(5) == "5 days after the start"


@pytest.mark.parametrize(
    "words",
    [spans.minutes, spans.within, spans.moment, spans.days, spans.every, spans.after_start],
)
def test_a_blank_or_negative_span_has_no_words(words):
    assert words(None) == ""
    assert words(-1) == ""
