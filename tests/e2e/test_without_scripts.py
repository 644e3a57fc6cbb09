"""A reader without JavaScript reads, browses, searches and downloads."""

import pytest
from playwright.sync_api import Page, expect

from knowledge.catalog.kinds import Kind
from tests.e2e import addresses

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.xdist_group("e2e"),
    pytest.mark.browser_context_args(java_script_enabled=False),
]


def test_browsing_leads_to_an_artifact(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Runbook").first.click()
    page.get_by_role("link", name="Broken build on the main branch").click()
    expect(page.get_by_role("heading", name="Diagnosis")).to_be_visible()


def test_the_section_and_the_contents_are_one_tap_away(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(addresses.OF_KINDS[Kind.RUNBOOK])
    page.locator("summary", has_text="On this page").click()
    page.locator(".columns__toc").get_by_role("link", name="Escalation").click()
    expect(page.get_by_role("heading", name="Escalation")).to_be_in_viewport()


def test_searching_and_narrowing(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox", name="Search the portal").fill("release")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("release")
    page.get_by_role("checkbox", name="Checklist").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Release checklist").first).to_be_visible()
    assert set(page.locator(".card .kind").all_inner_texts()) == {"Checklist"}
    page.get_by_role("link", name="Remove").or_(page.locator(".chip")).first.click()
    assert len(set(page.locator(".card .kind").all_inner_texts())) > 1


def test_downloading(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.RUNBOOK])
    page.locator("summary", has_text="Download").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Markdown").click()
    assert "Broken build" in download.value.path().read_text(encoding="utf-8")


def test_a_decision_tree_is_whole_and_joined_by_links(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.DECISION_FRAMEWORK])
    parts = page.locator(".tree__part")
    assert parts.count() > 3
    for part in parts.all():
        expect(part).to_be_visible()
    page.locator(".tree__answer").last.click()
    expect(page.locator(".tree__part:target")).to_be_in_viewport()


def test_a_diagram_is_its_text(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.SOP])
    expect(page.locator(".diagram__text code")).to_be_visible()


def test_filling_in_a_template(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.TEMPLATE])
    page.get_by_role("link", name="Fill in this template").click()
    page.get_by_role("button", name="Show the document").click()
    expect(page.get_by_role("alert")).to_contain_text("still need an answer")


def test_nothing_is_shown_that_needs_scripts(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.CHECKLIST])
    assert page.locator(".needs-js:visible").count() == 0
    assert page.locator(".checklist__state:visible").count() == 0
