"""Walking a decision tree one question at a time."""

import pytest
from playwright.sync_api import Page, expect

from templates_lib.decisions.blocks import DecisionTreeBlock

pytestmark = pytest.mark.browser

TREE = {
    "title": "Should I escalate?",
    "questions": [
        {
            "key": "data",
            "question": "Is data lost?",
            "answers": [
                {"label": "Yes ~ perhaps", "leads_to": "lead"},
                {"label": "No", "leads_to": "users"},
            ],
        },
        {
            "key": "users",
            "question": "What share of users?",
            "input": "number",
            "unit": "%",
            "answers": [
                {"label": "Few", "leads_to": "carry_on"},
                {"label": "Many", "at_least": "10", "leads_to": "lead"},
                {"label": "Some", "at_least": "0.5", "leads_to": "watch"},
            ],
        },
    ],
    "outcomes": [
        {"key": "carry_on", "title": "Carry on", "tone": "go"},
        {"key": "watch", "title": "Watch it", "tone": "caution"},
        {
            "key": "lead",
            "title": "Call the lead",
            "tone": "stop",
            "approver_role": "Incident lead",
            "escalate_to_role": "CTO",
            "within_minutes": 15,
        },
    ],
}


@pytest.fixture
def page(show) -> Page:
    return show(DecisionTreeBlock(), TREE)


def shown(page: Page) -> list[str]:
    return page.locator(".tree__title:visible").all_inner_texts()


def test_one_question_is_shown_at_a_time(page):
    assert shown(page) == ["Is data lost?"]
    page.get_by_role("link", name="No").click()
    assert shown(page) == ["What share of users?"]
    expect(page.get_by_role("heading", name="What share of users?")).to_be_focused()
    expect(page.locator(".tree__trail li")).to_have_text(["Is data lost? No"])


@pytest.mark.parametrize(
    ("number", "outcome"),
    [("0.4", "Carry on"), ("0.5", "Watch it"), ("9.99", "Watch it"), ("10", "Call the lead")],
)
def test_a_number_leads_to_the_outcome_of_its_threshold(page, number, outcome):
    page.get_by_role("link", name="No").click()
    page.get_by_label("Number, in: %").fill(number)
    page.get_by_role("button", name="Next").click()
    assert shown(page) == [outcome]
    expect(page.locator(".tree__trail li").last).to_contain_text(f"{number} (")


def test_an_outcome_tells_approver_escalation_and_time_limit(page):
    page.get_by_role("link", name="Yes ~ perhaps").click()
    facts = page.locator(".tree__part:visible .tree__facts")
    expect(facts).to_contain_text("Incident lead")
    expect(facts).to_contain_text("CTO")
    expect(facts).to_contain_text("15 minutes")


def test_no_number_is_refused_in_words(page):
    page.get_by_role("link", name="No").click()
    page.get_by_role("button", name="Next").click()
    field = page.get_by_label("Number, in: %")
    expect(page.get_by_role("alert")).to_have_text("Enter a number, such as 12.5.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("3")
    field.press("Enter")
    assert shown(page) == ["Watch it"]


def test_back_and_start_again(page):
    expect(page.get_by_role("button", name="Back")).to_be_hidden()
    page.get_by_role("link", name="No").click()
    page.get_by_label("Number, in: %").fill("12")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Back", exact=True).click()
    assert shown(page) == ["What share of users?"]
    page.get_by_role("button", name="Start again").click()
    assert shown(page) == ["Is data lost?"]
    page.go_back()
    assert shown(page) == ["What share of users?"]


def test_a_walk_can_be_shared_by_its_address(page):
    page.get_by_role("link", name="No").click()
    page.get_by_label("Number, in: %").fill("12")
    page.get_by_role("button", name="Next").click()
    assert page.evaluate("location.hash") == "#it~No~12"
    page.reload()
    assert shown(page) == ["Call the lead"]
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("link", name="Yes ~ perhaps").click()
    page.reload()
    assert shown(page) == ["Call the lead"]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("#it~Gone", "Is data lost?"),
        ("#it~No~many", "What share of users?"),
        ("#it~%E0%A4%A", "Is data lost?"),
        ("#%E0%A4%A", "Is data lost?"),
        ("#other~No", "Is data lost?"),
        ("#it~No~3~No~No", "Watch it"),
    ],
)
def test_an_address_of_another_time_leads_as_far_as_it_can(page, site, address, title):
    page.goto("about:blank")
    page.goto(f"{site}/gallery/{address}")
    assert shown(page) == [title]


def test_the_whole_tree_can_be_shown(page):
    page.get_by_role("button", name="Show the whole tree").click()
    assert len(shown(page)) == 5
    expect(page.get_by_label("Number, in: %")).to_be_hidden()
    page.get_by_role("link", name="Some (at least 0.5%)").click()
    assert page.evaluate("location.hash") == "#it-outcome-2"
    assert len(shown(page)) == 5
    page.get_by_role("button", name="Show the whole tree").click()
    assert shown(page) == ["Is data lost?"]


def test_the_whole_tree_is_printed(page):
    page.get_by_role("link", name="No").click()
    page.emulate_media(media="print")
    assert len(shown(page)) == 5


def test_it_is_walked_by_keyboard(page):
    page.get_by_role("link", name="No").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Number, in: %")).to_be_focused()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    assert shown(page) == ["Watch it"]
