import pytest

from templates_lib.variables.answers import MAX_ANSWER_CHARS, check_answers

FIELDS = {
    "variables": [
        {"key": "service", "label": "Service name", "kind": "text", "required": True},
        {"key": "users", "label": "Users", "kind": "number"},
        {"key": "live", "label": "Day of going live", "kind": "date"},
        {"key": "mail", "label": "Contact", "kind": "email"},
        {"key": "board", "label": "Board", "kind": "url"},
        {"key": "level", "label": "Level", "kind": "choice", "options": ["low", "high"]},
        {"key": "notes", "label": "Notes", "kind": "long_text", "default": "None yet"},
    ]
}
GOOD = {
    "service": "Billing",
    "users": "12.5",
    "live": "2026-03-31",
    "mail": "a@example.org",
    "board": "https://example.org/board?a=1",
    "level": "high",
    "notes": "Line one\nLine two",
}


def test_good_answers_are_accepted_as_they_are():
    assert check_answers(FIELDS, GOOD) == (GOOD, {})


def test_a_required_blank_is_refused_by_its_name():
    answers, errors = check_answers(FIELDS, GOOD | {"service": "  "})
    assert errors == {"service": "Fill in “Service name”."}
    assert "service" not in answers


def test_optional_blanks_are_accepted():
    blank = dict.fromkeys(GOOD, "") | {"service": "Billing"}
    assert check_answers(FIELDS, blank) == (blank, {})


def test_only_a_field_that_was_not_shown_gets_its_default():
    answers, errors = check_answers(FIELDS, {"service": "Billing"})
    assert not errors
    assert answers["notes"] == "None yet"
    emptied, _errors = check_answers(FIELDS, {"service": "Billing", "notes": ""})
    assert emptied["notes"] == ""


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("users", "many", "“Users” must be a number."),
        ("users", "NaN", "“Users” must be a number."),
        ("users", "Infinity", "“Users” must be a number."),
        ("live", "31.03.2026", "“Day of going live” must be a date such as 2026-03-31."),
        ("live", "2026-02-30", "“Day of going live” must be a date such as 2026-03-31."),
        ("mail", "nobody", "“Contact” must be an e-mail address."),
        ("board", "example", "“Board” must be a web address that starts with https://."),
        (
            "board",
            "javascript:alert(1)",
            "“Board” must be a web address that starts with https://.",
        ),
        ("level", "medium", "Choose one of the answers for “Level”."),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused_by_the_name_of_its_field(key, answer, message):
    answers, errors = check_answers(FIELDS, GOOD | {key: answer})
    assert errors == {key: message}
    assert key not in answers


def test_an_answer_has_an_end():
    _answers, errors = check_answers(FIELDS, GOOD | {"notes": "x" * (MAX_ANSWER_CHARS + 1)})
    assert errors == {"notes": "“Notes” may have 5000 characters at most."}


def test_what_was_not_asked_is_left_out():
    answers, _errors = check_answers(FIELDS, GOOD | {"admin": "1"})
    assert "admin" not in answers


def test_a_null_byte_does_not_reach_the_document():
    answers, _errors = check_answers(FIELDS, GOOD | {"service": "a\x00b"})
    assert answers["service"] == "ab"


def test_a_draft_without_fields_asks_nothing():
    assert check_answers({}, {"service": "Billing"}) == ({}, {})
