"""Kinds of answers beyond a text, fields that are asked only under a condition, and their words."""

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from templates_lib.markdown.render import render
from templates_lib.variables.answers import check_answers
from templates_lib.variables.blocks import DocumentBodyBlock, VariablesBlock
from templates_lib.variables.filling import fill
from templates_lib.variables.reading import MOST_ROWS, read
from templates_lib.variables.said import as_block, in_words
from tests.templates_lib.helpers import error_codes, value_of, words
from tests.templates_lib.helpers import render as render_block

FIELDS = [
    {"key": "users", "label": "Users", "kind": "number", "lowest": "1", "highest": "99,5"},
    {
        "key": "live",
        "label": "Live",
        "kind": "date",
        "lowest": "2026-01-01",
        "highest": "2026-12-31",
    },
    {"key": "lead", "label": "Lead", "kind": "person"},
    {"key": "parts", "label": "Parts", "kind": "several", "options": ["web", "api", "jobs"]},
    {"key": "risky", "label": "Risky", "kind": "yes_no"},
    {
        "key": "costs",
        "label": "Costs",
        "kind": "table",
        "columns": [{"label": "What", "kind": "text"}, {"label": "EUR", "kind": "number"}],
    },
    {
        "key": "why",
        "label": "Why",
        "kind": "text",
        "required": True,
        "only_if": {"key": "risky", "answers": ["yes"]},
    },
    {"key": "who", "label": "Who", "kind": "text", "only_if": {"key": "why"}},
]
BY_KEY = {one["key"]: one for one in FIELDS}
HOSTILE = "{{7*7}} {% now %} {{ lead }} <script>x</script> [a](javascript:b) | `c` **d**"


def checked(**data):
    return check_answers({"variables": FIELDS}, data)


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("users", "0", "“Users” must be at least 1."),
        ("users", "99.6", "“Users” must be at most 99,5."),
        ("live", "2025-12-31", "“Live” must not be before 2026-01-01."),
        ("live", "2027-01-01", "“Live” must not be after 2026-12-31."),
        ("lead", "A\nB", "“Lead” must be one name, on one line."),
        ("lead", "x" * 151, "“Lead” may have 150 characters at most."),
        ("parts", ["web", "desk"], "Choose among the answers for “Parts”."),
        ("parts", ["web"] * 4, "Choose among the answers for “Parts”."),
        ("risky", "maybe", "Choose one of the answers for “Risky”."),
        ("costs", [["Rack", "many"]], "“Costs, EUR 1” must be a number."),
        ("costs", [["Rack"]], "Fill in the rows of “Costs” again."),
        ("costs", [["a", "1"]] * (MOST_ROWS + 1), "“Costs” may have 50 rows at most."),
        ("users", ["1"], "Answer “Users” again."),
    ],
)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(key, answer, message):
    answers, errors = checked(**{key: answer})
    assert errors == {key: message}
    assert key not in answers


@pytest.mark.parametrize(
    ("key", "answer"),
    [("users", "1"), ("users", "99.5"), ("live", "2026-01-01"), ("live", "2026-12-31")],
)
def test_a_bound_is_allowed(key, answer):
    assert checked(**{key: answer})[1] == {}


def test_a_field_is_asked_only_if_its_condition_holds_and_so_is_what_hangs_on_it():
    answers, errors = checked(risky="no", why="", who="Ada")
    assert (errors, answers["why"], answers["who"]) == ({}, None, None)
    answers, errors = checked(risky="yes", why="", who="Ada")
    assert errors == {"why": "Fill in “Why”."}
    answers, errors = checked(risky="yes", why="Data", who="Ada")
    assert (errors, answers["who"]) == ({}, "Ada")


def test_a_posted_form_is_read_by_kind():
    data = QueryDict(
        "parts=&parts=web&parts=api&risky=&risky=yes&users=&users=3"
        "&costs.0.0=Rack&costs.0.1=5&costs.1.0=&costs.1.1=&costs.2.0=Fan&costs.2.1=&other=1"
    )
    assert read(FIELDS, data) == {
        "users": "3",
        "parts": ["web", "api"],
        "risky": "yes",
        "costs": [["Rack", "5"], ["Fan", ""]],
    }
    assert read(FIELDS, QueryDict("parts=&costs.0.0=")) == {"parts": [], "costs": []}
    assert read(FIELDS, QueryDict("total=3")) == {}


def test_answers_in_words_and_as_blocks():
    assert in_words(BY_KEY["parts"], ["web", "api"]) == "web, api"
    assert in_words(BY_KEY["risky"], "no") == "No"
    assert in_words({"kind": "number", "unit": "EUR"}, "5") == "5 EUR"
    assert in_words({"kind": "number", "unit": "%"}, "5") == "5%"
    assert in_words(BY_KEY["costs"], [["Rack", "5"], ["Fan", ""]]) == "Rack, 5; Fan"
    assert as_block(BY_KEY["parts"], ["web", "api"]) == "- web\n- api"


@pytest.mark.parametrize("key", ["lead", "parts", "costs", "why"])
def test_hostile_answers_stay_words_on_a_line_and_alone(key):
    answer = {"parts": [HOSTILE, "web"], "costs": [[HOSTILE, HOSTILE]]}.get(key, HOSTILE)
    said = {key: in_words(BY_KEY[key], answer), "lead": "LEAD"} | (
        {"lead": HOSTILE} if key == "lead" else {}
    )
    blocks = {key: as_block(BY_KEY[key], answer)}
    source = f"On a line: {{{{ {key} }}}}.\n\n{{{{ {key} }}}}\n\nAfter."
    page = BeautifulSoup(render(fill(source, said, blocks)), "html.parser")
    assert not page.select("script, a, strong, code")
    assert page.get_text().count("{{7*7}} {% now %} {{ lead }}") >= 2
    assert "49" not in page.get_text()
    assert page.find_all("p")[-1].text == "After."
    if key == "costs":
        assert [len(row.select("td, th")) for row in page.select("tr")] == [2, 2]


def test_what_was_not_asked_leaves_nothing_behind():
    assert fill("a {{ why }}b\n\n{{ why }}", {"why": None}) == "a b\n\n"


@pytest.mark.parametrize(
    ("fields", "place", "code"),
    [
        ([{"kind": "several"}], "variables.0.options", "no_options"),
        ([{"kind": "table"}], "variables.0.columns", "no_columns"),
        ([{"kind": "number", "lowest": "few"}], "variables.0.lowest", "bad_bound"),
        ([{"kind": "number", "lowest": "5", "default": "4"}], "variables.0.default", "bad_default"),
        ([{"kind": "yes_no", "default": "perhaps"}], "variables.0.default", "bad_default"),
        ([{"only_if": {"key": "b"}}, {}], "variables.0.only_if.key", "unknown_key"),
        ([{"kind": "computed", "operation": "sum"}], "variables.0.operation", "no_operands"),
        (
            [{}, {"kind": "computed", "operation": "sum", "of": ["a"]}],
            "variables.1.of.0",
            "unknown_key",
        ),
        (
            [{"kind": "date"}, {"kind": "computed", "operation": "days", "of": ["a"]}],
            "variables.1.operation",
            "two_dates",
        ),
    ],
)
def test_the_editor_is_told_what_does_not_fit(fields, place, code):
    rows = [
        {"key": "abc"[number], "label": "A", "kind": "text"} | one
        for number, one in enumerate(fields)
    ]
    assert error_codes(VariablesBlock(), {"variables": rows}) == {place: code}


def test_bounds_units_and_conditions_are_told_on_the_page():
    fields = [
        {
            "key": "a",
            "label": "Cost",
            "kind": "number",
            "lowest": "1",
            "highest": "9",
            "unit": "EUR",
        },
        {
            "key": "b",
            "label": "Why",
            "kind": "text",
            "only_if": {"key": "a", "answers": ["5", "6"]},
        },
    ]
    shown = words(render_block(VariablesBlock(), {"variables": fields}))
    assert "From 1 to 9, in EUR" in shown
    assert "Only if “Cost” is: 5 or 6." in shown


def test_what_was_stored_before_these_kinds_existed_still_opens():
    old = {"variables": [{"key": "a", "label": "A", "kind": "text", "default": "x"}]}
    value = value_of(VariablesBlock(), old)
    assert check_answers(value, {}) == ({"a": "x"}, {})
    assert value_of(DocumentBodyBlock(), {"source": "{{ a }}"}).fill({"a": "x"}) == "x"
