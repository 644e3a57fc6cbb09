"""Ticking a checklist: counted, kept in this browser, given up only when asked."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from templates_lib.checklists.blocks import ChecklistBlock

pytestmark = pytest.mark.browser

RELEASE = {
    "title": "Before a release",
    "steps": [
        {"task": "Tell the duty engineer"},
        {"task": "Attach the report", "optional": True, "evidence": "link"},
        {"task": "Press the button"},
    ],
}


@pytest.fixture
def page(show) -> Page:
    return show(ChecklistBlock(), RELEASE)


def progress(page: Page):
    return page.locator(".checklist__progress")


def test_progress_tells_what_is_done_and_what_is_still_mandatory(page):
    expect(progress(page)).to_have_text("0 of 3 done, 2 mandatory left")
    page.get_by_label("Tell the duty engineer").check()
    expect(progress(page)).to_have_text("1 of 3 done, 1 mandatory left")
    page.get_by_text("Press the button").click()
    expect(progress(page)).to_have_text("2 of 3 done")
    page.get_by_label("Attach the report").press("Space")
    expect(progress(page)).to_have_text("All 3 done")


def test_ticks_are_there_after_a_reload(page):
    page.get_by_label("Attach the report").check()
    page.reload()
    expect(page.get_by_label("Attach the report")).to_be_checked()
    expect(page.get_by_label("Press the button")).not_to_be_checked()


def test_starting_again_asks_first(page):
    page.get_by_label("Press the button").check()
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refuse)
    page.get_by_role("button", name="Start again").click()
    assert asked == ["Remove all ticks and start again?"]
    expect(page.get_by_label("Press the button")).to_be_checked()

    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_label("Press the button")).not_to_be_checked()
    expect(page.get_by_label("Tell the duty engineer")).to_be_focused()
    expect(page.get_by_role("button", name="Start again")).to_be_hidden()
    page.reload()
    expect(progress(page)).to_have_text("0 of 3 done, 2 mandatory left")


def test_two_tabs_do_not_undo_each_other(page, site):
    page.get_by_label("Press the button").check()
    other = page.context.new_page()
    other.route(
        f"{site}/gallery/",
        lambda route: route.fulfill(body=page.content(), content_type="text/html"),
    )
    other.goto(f"{site}/gallery/")
    other.get_by_label("Tell the duty engineer").check()
    expect(page.get_by_label("Tell the duty engineer")).to_be_checked()
    expect(other.get_by_label("Press the button")).to_be_checked()


def test_without_storage_ticks_last_as_long_as_the_page(page):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }})"
    )
    page.reload()
    page.get_by_label("Press the button").check()
    page.get_by_label("Tell the duty engineer").check()
    expect(progress(page)).to_have_text("2 of 3 done")


def test_it_fits_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.locator(".checklist__box").first.bounding_box()
    assert min(box["width"], box["height"]) >= 24
