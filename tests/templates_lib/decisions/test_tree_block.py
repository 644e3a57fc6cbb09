import pytest

from templates_lib.decisions.blocks import DecisionTreeBlock
from templates_lib.decisions.tree_block import MESSAGES
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    preview_of,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

BLOCK = DecisionTreeBlock()
ESCALATE = {
    "title": "Should I escalate?",
    "intro": "<p>Answer with what you know.</p>",
    "questions": [
        {
            "key": "data",
            "question": "Is data lost?",
            "help": "Missing rows count.",
            "answers": [
                {"label": "Yes", "leads_to": "lead"},
                {"label": "No", "leads_to": "users"},
            ],
        },
        {
            "key": "users",
            "question": "What share of users is affected?",
            "input": "number",
            "unit": "%",
            "answers": [
                {"label": "Few", "leads_to": "carry_on"},
                {"label": "Many", "at_least": "10.0", "leads_to": "lead"},
            ],
        },
    ],
    "outcomes": [
        {"key": "carry_on", "title": "Carry on", "tone": "go"},
        {
            "key": "lead",
            "title": "Call the incident lead",
            "detail": "<p>By phone.</p>",
            "tone": "stop",
            "approver_role": "Incident lead",
            "escalate_to_role": "CTO",
            "within_minutes": 90,
        },
    ],
}


def page(**context):
    return soup(render(BLOCK, ESCALATE, {"anchor": "escalate", **context}))


def test_without_scripts_every_answer_links_to_where_it_leads():
    html = page()
    for answer in html.select("a.tree__answer"):
        target = html.find(id=answer["href"].removeprefix("#"))
        assert target is not None
        title = target.select_one("h3").get_text()
        assert answer.find_next(class_="tree__leads").get_text().endswith(title)


def test_a_question_is_read_with_its_help_and_its_answers():
    question = page().find(id="escalate-question-1")
    assert words(str(question)) == (
        "Question 1 Is data lost? Missing rows count. "
        "Yes Outcome: Call the incident lead No What share of users is affected?"
    )


def test_a_number_answer_says_from_where_on_it_counts():
    many = page().find("a", attrs={"data-label": "Many"})
    assert many.get_text() == "Many (at least 10%)"
    assert many["data-at-least"] == "10"


def test_an_outcome_names_approver_escalation_and_time_limit():
    outcome = page().find(id="escalate-outcome-2")
    facts = {dt.get_text(): dt.find_next("dd").get_text() for dt in outcome.find_all("dt")}
    assert facts == {
        "Approved by": "Incident lead",
        "Escalate to": "CTO",
        "Within": "1 hour 30 minutes",
    }
    assert outcome.select_one(".badge").get_text() == "Stop"


def inside(html, template):
    """What a template element holds; scripts take it from there."""
    return soup(html.find("template", class_=template).decode_contents())


def test_the_script_finds_the_number_form_and_its_buttons():
    html = page()
    form = inside(html, "tree__ask").find("form")
    field = form.find("input")
    assert field["type"] == "number"
    assert form.find("label")["for"] == field["id"]
    assert "Number, in: %" in words(str(form))
    assert [one.get_text() for one in inside(html, "tree__tools").find_all("button")] == [
        "Back",
        "Start again",
        "Show the whole tree",
    ]


def test_two_trees_on_a_page_share_no_id():
    html = render(BLOCK, ESCALATE, {"anchor": "one"}) + render(BLOCK, ESCALATE, {"anchor": "two"})
    ids = [tag["id"] for tag in soup(html).find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_answers_lead_to_an_outcome():
    value = value_of(BLOCK, ESCALATE)
    assert value.walk({}).question["key"] == "data"
    state = value.walk({"data": "No", "users": "12"})
    assert state.outcome["escalate_to_role"] == "CTO"
    assert [step.answer["label"] for step in state.path] == ["No", "Many"]


def test_the_example_of_the_picker_can_be_walked():
    state = preview_of(BLOCK).walk({"data": "No", "users": "100"})
    assert state.outcome["key"] == "escalate"
    assert "Do we escalate?" in words(render_preview(BLOCK))


def test_the_markdown_form_tells_where_each_answer_leads():
    assert markdown(BLOCK, ESCALATE) == (
        "## Should I escalate?\n"
        "\n"
        "Answer with what you know.\n"
        "\n"
        "### Is data lost?\n"
        "\n"
        "Missing rows count.\n"
        "\n"
        "- **Yes:** Outcome: Call the incident lead\n"
        "- **No:** What share of users is affected?\n"
        "\n"
        "### What share of users is affected?\n"
        "\n"
        "- **Few:** Outcome: Carry on\n"
        "- **Many (at least 10%):** Outcome: Call the incident lead\n"
        "\n"
        "### Outcome: Carry on\n"
        "\n"
        "### Outcome: Call the incident lead\n"
        "\n"
        "By phone.\n"
        "\n"
        "- **Approved by:** Incident lead\n"
        "- **Escalate to:** CTO\n"
        "- **Within:** 1 hour 30 minutes"
    )


def test_search_finds_questions_answers_and_outcomes_but_no_keys():
    found = text(BLOCK, ESCALATE)
    for piece in ("Is data lost?", "Many", "Call the incident lead", "By phone."):
        assert piece in found
    assert "carry_on" not in found


def test_a_sound_tree_is_accepted():
    assert error_codes(BLOCK, ESCALATE) == {}


def test_faults_are_shown_at_the_fields_that_are_wrong():
    lost = {**ESCALATE, "questions": [ESCALATE["questions"][0]]}
    assert error_codes(BLOCK, lost) == {"questions.0.answers.1.leads_to": "unknown_key"}
    twice = {**ESCALATE, "outcomes": [*ESCALATE["outcomes"], {"key": "lead", "title": "Again"}]}
    assert error_codes(BLOCK, twice) == {"outcomes.2.key": "duplicate_key"}
    spare = {**ESCALATE, "outcomes": [*ESCALATE["outcomes"], {"key": "spare", "title": "Spare"}]}
    assert error_codes(BLOCK, spare) == {"outcomes.2.key": "unreachable"}


def test_a_question_without_answers_is_refused():
    bare = {**ESCALATE, "questions": [{"key": "data", "question": "Lost?", "answers": []}]}
    assert error_codes(BLOCK, bare)["questions.0.answers"] == "no_answers"


def test_a_key_is_written_as_in_an_address():
    odd = {**ESCALATE, "outcomes": [{"key": "Carry on!", "title": "Carry on"}]}
    assert error_codes(BLOCK, odd) == {"outcomes.0.key": "invalid"}


def test_a_draft_may_be_half_a_tree():
    half = {"title": "", "questions": [{"key": "", "question": "Lost?", "answers": []}]}
    assert draft_error_codes(BLOCK, half) == {}
    assert "Lost?" in render(BLOCK, half)
    assert "Lost?" in markdown(BLOCK, half)


def test_a_tree_needs_a_question_and_an_outcome():
    assert set(error_codes(BLOCK, {"title": "Empty", "questions": [], "outcomes": []})) == {
        "questions",
        "outcomes",
    }


@pytest.mark.parametrize("code", MESSAGES)
def test_each_fault_has_a_sentence(code):
    assert (str(MESSAGES[code]) % {"name": "users"}).endswith(".")


def test_hostile_values_are_shown_as_text():
    assert_harmless(BLOCK)
