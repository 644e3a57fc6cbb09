"""The site by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from knowledge.catalog.kinds import Kind
from tests.e2e import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

PHONE = {"width": 360, "height": 780}
MOST_STOPS = 200


def tab_to(page: Page, is_it: Callable[[Locator], bool]) -> Locator:
    """Press Tab until the focus is where the reader wants it; it must be seen on every stop."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert _is_seen(focused), f"no focus to be seen on {focused.evaluate('e => e.outerHTML')}"
        if is_it(focused):
            return focused
    raise AssertionError(f"not reached within {MOST_STOPS} stops")


def _is_seen(focused: Locator) -> bool:
    """Whether the focused element is on top of the page and it or its card is ringed."""
    return focused.evaluate(
        """(one) => {
          const ringed = [one, one.closest('.card')].some((it) => {
            const style = it && getComputedStyle(it);
            return style && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
              || style.boxShadow !== 'none');
          });
          const box = one.getClientRects()[0];
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return ringed && top !== null && (one.contains(top) || top.contains(one)
            || one.closest('.card')?.contains(top));
        }"""
    )


def named(words: str) -> Callable[[Locator], bool]:
    return lambda focused: words in (focused.inner_text() or "")


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.RUNBOOK])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "address", ["/", addresses.OF_KINDS[Kind.RUNBOOK], "/search/?q=release", "/login/"]
)
def test_the_focus_is_seen_on_every_stop(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(address)
    footer = page.locator("footer a").last
    tab_to(page, lambda focused: focused.evaluate("one => one.closest('footer') !== null"))
    expect(footer).to_be_visible()


def test_menus_open_and_close_and_give_the_focus_back(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.RUNBOOK])
    summary = tab_to(page, named("Theme"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    assert page.locator("details.menu[open]").count() == 0


def test_a_suggestion_is_chosen_with_the_arrows(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.RUNBOOK])
    page.keyboard.press("/")
    page.keyboard.type("release check", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Release checklist")


def test_a_checklist_is_ticked(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.CHECKLIST])
    progress = page.locator(".checklist__progress").first
    tab_to(page, lambda focused: focused.get_attribute("type") == "checkbox")
    page.keyboard.press("Space")
    expect(progress).to_contain_text("1 of ")
    tab_to(page, lambda focused: focused.get_attribute("type") == "checkbox")
    page.keyboard.press("Space")
    expect(progress).to_contain_text("2 of ")


def test_a_decision_is_walked(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.DECISION_FRAMEWORK])
    first = page.locator(".tree__title:visible").inner_text()
    tab_to(page, lambda focused: "tree__answer" in (focused.get_attribute("class") or ""))
    page.keyboard.press("Enter")
    expect(page.locator(".tree__title:visible")).not_to_have_text(first)
    expect(page.locator(".tree__title:visible")).to_be_focused()


def test_results_are_narrowed_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/search/?q=release")
    tab_to(page, named("Filters and order"))
    expect(page.get_by_role("checkbox", name="Runbook")).to_be_hidden()
    page.keyboard.press("Enter")
    box = tab_to(
        page,
        lambda focused: (
            focused.get_attribute("type") == "checkbox"
            and focused.get_attribute("value") == Kind.RUNBOOK
        ),
    )
    page.keyboard.press("Space")
    page.wait_for_url("**kind=runbook**")
    expect(page.locator("[data-listing-status]")).to_contain_text("result")
    expect(box).to_be_focused()
    expect(box).to_be_visible()
    assert (
        page.locator(".card .kind").all_inner_texts()
        == ["Runbook"] * page.locator(".card .kind").count()
    )


def test_a_diagram_is_no_trap(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.SOP])
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(".diagram--drawn")).to_be_visible(timeout=20_000)
    page.locator(".diagram__text summary").focus()
    for _stop in range(3):
        page.keyboard.press("Tab")
    assert page.locator(".diagram :focus").count() == 0
