"""A run in real browsers: two people at once, with scripts, without, and without network."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from knowledge.practice.models import Run
from tests.e2e.looking import faults, violations
from tests.e2e.people import log_in
from tests.e2e.watching import Watch

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


OPEN = "li.run-step:not(.run-step--done, .run-step--waiting)"


def plain_step(page: Page, at: int = 0) -> Locator:
    """A step that asks for nothing but a tick and is not done; unfolded."""
    asking = ":has(.run-step__form > :is(.field__input, fieldset))"
    step = page.locator(f"{OPEN}:not({asking})").nth(at)
    name = step.get_attribute("id")
    found = page.locator(f"#{name}")
    if not found.locator(".run-step__fold[open]").count():
        found.locator(".run-step__head").click()
    return found


def test_every_page_of_a_run_is_accessible(page: Page) -> None:
    log_in(page, "editor")
    assert faults(page) == []
    page.get_by_role("link", name="Trial in the payments team").click()
    assert faults(page) == []
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    assert violations(page) == []
    page.get_by_role("link", name="Comment, who does it, until when").first.click()
    assert faults(page) == []
    page.go_back()
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


def test_who_clicks_twice_starts_one_run(page: Page) -> None:
    log_in(page, "editor")
    page.goto(CHECKLIST)
    page.get_by_role("link", name="Start a run").click()
    page.get_by_label("Name of this run").fill("Clicked twice")
    sent = []
    page.on(
        "request", lambda request: sent.append(request.url) if request.method == "POST" else None
    )
    slow = {"offline": False, "latency": 2000, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    # The browser's own clicks: Playwright's wait for the answer to the first.
    button = page.get_by_role("button", name="Start", exact=True)
    button.evaluate("(button) => { button.click(); setTimeout(() => button.click(), 300); }")
    page.wait_for_url(RUN)
    assert len(sent) == 1
    assert Run.objects.filter(name="Clicked twice").count() == 1


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
    beside.locator("summary", has_text="Something else").click()
    beside.locator("textarea").fill("Half a sentence")
    plain_step(page).locator(".run-step__done").click()
    expect(page.locator(f"#{number}")).to_contain_text("Emeka Okafor")
    expect(other.locator("#log-lines")).to_contain_text("Emeka Okafor did", timeout=15_000)
    expect(other.locator(f"#{number} textarea")).to_have_value("Half a sentence")
    other.locator(f"#{number}").get_by_role("button", name="Blocked").click()
    expect(other.locator(f"#{number} [role=alert]")).to_contain_text("changed this step meanwhile")
    expect(other.locator(f"#{number} textarea")).to_have_value("Half a sentence")
    expect(page.locator(f"#{number}")).to_contain_text("Done")
    context.close()


def kept(page: Page) -> None:
    """Waits until the page is on the device, and the service worker has it in hand."""
    expect(page.locator("#run[data-kept]")).to_have_count(1, timeout=15_000)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")


def test_a_run_goes_on_without_network(page: Page, watch: Watch) -> None:
    """Ticks and notes wait on the device, also over a reload, and are sent in their order."""
    log_in(page, "editor")
    start(page, "In a tunnel")
    kept(page)
    page.context.set_offline(True)
    first = plain_step(page)
    first.locator(".run-step__done").click()
    expect(first).to_contain_text("Waiting to be sent")
    second = plain_step(page)
    second.locator("summary", has_text="Something else").click()
    second.locator("textarea").fill("The gate is shut")
    second.get_by_role("button", name="Blocked").click()
    page.locator("#say").fill("Still in the tunnel")
    page.locator("#say-form button").click()
    waiting = page.locator(".run-waiting__one")
    expect(waiting).to_have_count(3)
    expect(page.locator("#run-waiting")).to_contain_text("There is no connection")
    page.reload()
    expect(waiting).to_have_count(3)
    expect(first).to_contain_text("Waiting to be sent")
    assert violations(page) == []
    page.goto("/runs/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    assert violations(page) == []
    page.get_by_role("link", name="In a tunnel").click()
    expect(waiting).to_have_count(3)
    page.context.set_offline(False)
    expect(page.locator("#run-waiting")).to_be_hidden(timeout=15_000)
    expect(first).to_contain_text("Done")
    expect(second).to_contain_text("The gate is shut")
    log = page.locator("#log-lines")
    expect(log.locator("li").first).to_contain_text("Still in the tunnel")
    expect(log.locator("li")).to_have_count(4)
    page.reload()
    expect(page.locator(".run-step--done")).to_have_count(1)
    # The browser says that there was no network.
    watch.faults.clear()


def test_two_who_changed_the_same_are_shown_both_and_decide(
    page: Page, browser: Browser, watch: Watch
) -> None:
    log_in(page, "editor")
    address = start(page, "One in a tunnel")
    kept(page)
    context = browser.new_context(base_url=page.url.split("/runs/")[0])
    other = context.new_page()
    log_in(other, "reader")
    other.goto(address)
    page.context.set_offline(True)
    mine, also = plain_step(page), plain_step(page, 1)
    number = mine.get_attribute("id")
    mine.locator("summary", has_text="Something else").click()
    mine.locator("textarea").fill("Not needed today")
    mine.get_by_role("button", name="Skip").click()
    plain_step(other)
    other.locator(f"#{number} summary", has_text="Something else").click()
    other.locator(f"#{number} textarea").fill("The door is locked")
    other.locator(f"#{number}").get_by_role("button", name="Blocked").click()
    expect(other.locator(f"#{number}")).to_contain_text("The door is locked")
    also.locator(".run-step__done").click()
    page.context.set_offline(False)
    stuck = page.locator(".run-waiting__one")
    # What stands elsewhere is not held up.
    expect(stuck).to_have_count(1, timeout=15_000)
    expect(also).to_contain_text("Done")
    expect(stuck).to_contain_text("Not needed today")
    expect(stuck).to_contain_text("The door is locked")
    page.reload()
    expect(stuck).to_contain_text("The door is locked")
    stuck.get_by_role("button", name="Send mine all the same").click()
    expect(page.locator("#run-waiting")).to_be_hidden()
    expect(page.locator(f"#{number}")).to_contain_text("Skipped: Emeka Okafor")
    expect(other.locator(f"#{number}")).to_contain_text("Not needed today", timeout=15_000)
    context.close()
    watch.faults.clear()


def test_what_waits_outlives_the_login_and_pages_do_not(page: Page, watch: Watch) -> None:
    log_in(page, "editor")
    address = start(page, "Too long in a tunnel")
    kept(page)
    page.context.set_offline(True)
    plain_step(page).locator(".run-step__done").click()
    expect(page.locator(".run-waiting__one")).to_have_count(1)
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("#run-waiting")).to_contain_text("log in", timeout=15_000)
    log_in(page, "reader")
    names = "caches.keys().then((all) => all.filter((one) => one.startsWith('run-pages:')))"
    assert page.evaluate(names) == []
    page.goto(address)
    expect(page.locator("#run-waiting")).to_be_hidden()
    expect(page.locator(".run-step--done")).to_have_count(0)
    kept(page)
    assert page.evaluate(names) == ["run-pages:reader"]
    page.locator("[data-account] summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/")
    page.wait_for_function(f"{names}.then((all) => !all.length)")
    log_in(page, "editor")
    page.goto(address)
    expect(page.locator(".run-step--done")).to_have_count(1, timeout=15_000)
    expect(page.locator("#run-waiting")).to_be_hidden()
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
