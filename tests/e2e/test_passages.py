"""Words that a reader has marked are reported with two more steps: the button, then the reason."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from knowledge.catalog.kinds import Kind
from knowledge.governance.models import Feedback
from tests.e2e import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

ADDRESS = addresses.OF_KINDS[Kind.RUNBOOK]
LABEL = "Report this passage"


@pytest.fixture
def passage(page: Page) -> Iterator[Locator]:
    """A paragraph under a heading of the page."""
    page.goto(ADDRESS)
    found = page.locator(".artifact__body .part:has(h2) p:visible").first
    found.scroll_into_view_if_needed()
    yield found


def button(page: Page) -> Locator:
    return page.get_by_role("button", name=LABEL)


def mark(one: Locator) -> str:
    """Mark all words of it, as a finger or another tool may do; the words."""
    return one.evaluate(
        """(one) => {
          getSelection().selectAllChildren(one);
          return one.innerText.replace(/\\s+/g, ' ').trim();
        }"""
    )


def is_on_screen(one: Locator) -> bool:
    return one.evaluate(
        """(one) => {
          const box = one.getBoundingClientRect();
          return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
        }"""
    )


def test_marked_words_reach_the_owner(page: Page, passage: Locator) -> None:
    words = passage.inner_text().strip()
    passage.click(click_count=3)
    expect(button(page)).to_be_visible()
    assert is_on_screen(button(page))
    button(page).click()
    expect(button(page)).to_be_hidden()
    expect(page.locator("#feedback-quote")).to_have_value(words)
    expect(page.locator("#feedback-text")).to_be_focused()
    heading = passage.locator("xpath=ancestor::section//h2").first.inner_text().strip()
    expect(page.locator("#feedback-anchor option:checked")).to_have_text(heading)
    page.keyboard.type("This is done by another team now.")
    page.get_by_role("button", name="Send to the owner").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Feedback.objects.filter(quote=words, text="This is done by another team now.").exists()


def test_it_is_reached_and_put_away_by_keyboard(page: Page, passage: Locator) -> None:
    passage.dblclick(position={"x": 4, "y": 8})
    for _letter in range(5):
        page.keyboard.press("Shift+ArrowRight")
    expect(button(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(button(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(button(page)).to_be_hidden()
    page.keyboard.press("Shift+ArrowRight")
    expect(button(page)).to_be_visible()
    words = page.evaluate("() => getSelection().toString().replace(/\\s+/g, ' ').trim()")
    page.keyboard.press("Tab")
    expect(button(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#feedback-text")).to_be_focused()
    expect(page.locator("#feedback-quote")).to_have_value(words)


@pytest.mark.browser_context_args(
    has_touch=True, is_mobile=True, viewport={"width": 360, "height": 780}
)
def test_it_is_tapped(page: Page, passage: Locator) -> None:
    words = mark(passage)
    expect(button(page)).to_be_visible()
    assert is_on_screen(button(page))
    button(page).tap()
    expect(page.locator("#feedback-quote")).to_have_value(words)
    assert is_on_screen(page.locator("#feedback-quote"))


def test_no_more_words_than_the_field_takes(page: Page) -> None:
    page.goto(ADDRESS)
    mark(page.locator(".artifact__body"))
    button(page).click()
    value = page.locator("#feedback-quote").input_value()
    assert len(value) <= 500
    assert value.endswith("…")


def test_words_outside_the_text_are_no_passage(page: Page, passage: Locator) -> None:
    mark(passage)
    expect(button(page)).to_be_visible()
    mark(page.locator("h1"))
    expect(button(page)).to_be_hidden()
    mark(page.locator("main"))
    page.wait_for_timeout(500)
    expect(button(page)).to_be_hidden()
