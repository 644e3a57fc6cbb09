"""A run in real browsers: two people at once, with scripts, without, and without network."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.looking import faults, violations
from tests.e2e.people import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("e2e")]
CHECKLIST = "/operations/incident-checklist/"
RUN = re.compile(r"/runs/\d+/$")


def start(page: Page, name: str) -> str:
    page.goto(CHECKLIST)
    page.get_by_role("link", name="Start a run").click()
    page.get_by_label("Name of this run").fill(name)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url(RUN)
    return page.url


def plain_step(page: Page):  # type: ignore[no-untyped-def]
    """The first step that asks for nothing but a tick."""
    return page.locator("li.run-step:not(:has(.run-step__form > .field__input))").first


def test_every_page_of_a_run_is_accessible(page: Page) -> None:
    log_in(page, "editor")
    assert faults(page) == []
    page.get_by_role("link", name="Trial in the payments team").click()
    assert faults(page) == []
    for summary in page.locator("summary:visible").all():
        summary.click()
    assert violations(page) == []
    page.get_by_role("link", name="Hand it over").click()
    assert faults(page) == []
    page.go_back()
    page.get_by_role("link", name="End the run").click()
    page.get_by_label("Succeeded").check()
    page.get_by_role("button", name="End the run").click()
    expect(page.get_by_role("alert")).to_contain_text("Still to do")
    assert faults(page) == []
    page.goto("/ai/ai-code-review-playbook/")
    page.get_by_role("link", name="Start a run").click()
    assert faults(page) == []


def test_a_walk_ends_in_a_record(page: Page) -> None:
    log_in(page, "editor")
    page.goto("/operations/rollback-or-fix-forward/")
    page.get_by_role("link", name="Decide and keep it").click()
    assert faults(page) == []
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="No, or unknown").click()
    page.get_by_label("Number, in").fill("many")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a number")
    assert faults(page) == []
    page.get_by_label("Number, in").fill("20")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fix forward with one commit")
    assert faults(page) == []
    page.get_by_label("What is decided").fill("The tax of Saturday")
    page.get_by_label("Who approves it").fill("reviewer")
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The tax of Saturday")
    assert faults(page) == []
    page.get_by_role("link", name="All decisions").click()
    expect(page.get_by_role("link", name="Shop 4.12 goes back to 4.11")).to_be_visible()
    assert faults(page) == []


def test_two_people_see_each_others_ticks_and_lose_nothing(page: Page, browser: Browser) -> None:
    log_in(page, "editor")
    address = start(page, "Two at once")
    context = browser.new_context(base_url=page.url.split("/runs/")[0])
    other = context.new_page()
    log_in(other, "reader")
    other.goto(address)
    beside = plain_step(other)
    number = beside.get_attribute("id")
    beside.locator("summary").last.click()
    beside.locator("textarea").fill("Half a sentence")
    page.locator(f"#{number} .run-step__done").click()
    expect(page.locator(f"#{number}")).to_contain_text("Emeka Okafor")
    expect(other.locator("#log-lines")).to_contain_text("Emeka Okafor did", timeout=15_000)
    expect(other.locator(f"#{number} textarea")).to_have_value("Half a sentence")
    other.locator(f"#{number}").get_by_role("button", name="Blocked").click()
    expect(other.locator(f"#{number} [role=alert]")).to_contain_text("changed this step meanwhile")
    expect(other.locator(f"#{number} textarea")).to_have_value("Half a sentence")
    expect(page.locator(f"#{number}")).to_contain_text("Done")
    context.close()


def test_what_is_sent_without_network_can_be_sent_again(page: Page, watch) -> None:  # type: ignore[no-untyped-def]
    log_in(page, "editor")
    start(page, "In a tunnel")
    step = plain_step(page)
    page.context.set_offline(True)
    step.locator(".run-step__done").click()
    expect(page.locator(".run-notice")).to_contain_text("No connection")
    page.context.set_offline(False)
    step.locator(".run-step__done").click()
    expect(page.locator(".run-step--done")).to_have_count(1)
    expect(page.locator(".run-notice")).to_have_count(0)
    page.reload()
    expect(page.locator(".run-step--done")).to_have_count(1)
    # The browser says that there was no network.
    watch.faults.clear()


def test_a_run_goes_on_by_keyboard_alone(page: Page) -> None:
    log_in(page, "editor")
    start(page, "By keyboard")
    button = plain_step(page).locator(".run-step__done")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".run-step--done")).to_have_count(1)
    expect(page.locator(".run-step--done :focus")).to_have_count(1)


def test_without_scripts_a_tick_is_kept(browser: Browser, portal: str) -> None:
    context = browser.new_context(base_url=portal, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "reader")
    address = start(page, "Without scripts")
    plain_step(page).locator(".run-step__done").click()
    assert page.url.startswith(f"{address}#step-")
    expect(page.locator(".run-step--done")).to_have_count(1)
    page.goto("/runs/")
    expect(page.get_by_role("link", name="Without scripts")).to_be_visible()
    context.close()
