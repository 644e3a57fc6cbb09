"""WCAG 2.2 AA on every type of page, on a phone and a wide screen, light and dark."""

import pytest
from playwright.sync_api import Page, expect

from knowledge.catalog.kinds import Kind
from tests.e2e import addresses
from tests.e2e.conftest import PASSWORD
from tests.e2e.looking import SCREENS, faults, violations
from tests.e2e.people import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("e2e")]


def test_every_kind_has_a_page_here() -> None:
    assert set(addresses.OF_KINDS) == set(Kind)


@pytest.mark.parametrize("address", addresses.PAGES.values(), ids=addresses.PAGES.keys())
def test_page_is_accessible_and_fits(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == {"/nothing/here/": 404, "/search/?maturity=many": 400}.get(address, 200)
    assert faults(page) == []


def test_an_old_version_is_accessible(page: Page) -> None:
    page.goto(addresses.OF_TWO_VERSIONS)
    page.locator(".versions a").last.click()
    expect(page.get_by_text("which is not the current one")).to_be_visible()
    assert faults(page) == []


def test_filling_in_a_template_is_accessible(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.TEMPLATE])
    page.get_by_role("link", name="Fill in this template").click()
    assert faults(page) == []
    page.get_by_role("button", name="Show the document").click()
    assert faults(page) == []
    for field in page.locator("form .field__input:not(select)").all():
        kind = field.get_attribute("inputmode") or field.get_attribute("type")
        known = {"date": "2026-01-31", "decimal": "3", "email": "a@example.org"}
        field.fill(known.get(kind or "", "Ok"))
    expect(page.locator("#preview-text")).to_contain_text("2026-01-31")
    for field in page.locator("form select.field__input").all():
        field.select_option(index=1)
    page.get_by_role("button", name="Show the document").click()
    expect(page.get_by_role("button", name="Download as Markdown")).to_be_visible()
    assert faults(page) == []


def test_answers_to_feedback_are_accessible(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.GUIDE])
    page.get_by_text("Say why, report a passage").click()
    assert faults(page) == []
    page.get_by_role("button", name="Send to the owner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One thing is missing")
    assert faults(page) == []
    page.get_by_label("What should change").fill("The third step is out of date.")
    page.get_by_role("button", name="Send to the owner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert faults(page) == []


def test_what_opens_is_accessible(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.RUNBOOK])
    page.locator("summary", has_text="Theme").click()
    assert violations(page) == []
    page.locator("summary", has_text="Download").click()
    assert violations(page) == []
    page.get_by_role("combobox", name="Search the portal").fill("relea")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []


def test_what_only_people_with_a_login_see_is_accessible(page: Page) -> None:
    page.goto("/login/")
    page.get_by_label("Username").fill("administrator")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    assert faults(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/")
    page.goto("/growth/private-pricing/")
    page.locator("summary", has_text="Account of").click()
    assert faults(page) == []


def test_the_pages_of_a_person_are_accessible(page: Page) -> None:
    log_in(page, "editor")
    for name, address in addresses.OF_PEOPLE.items():
        answer = page.goto(address)
        assert answer is not None
        assert (name, answer.status, faults(page)) == (name, 200, [])


@pytest.mark.parametrize("screen", [(1440, "dark"), (360, "light")])
def test_the_other_theme_is_readable_at_the_other_width(
    page: Page, screen: tuple[int, str]
) -> None:
    """Colours come from one file: a page that shows most of them stands for all."""
    assert screen not in SCREENS
    page.set_viewport_size({"width": screen[0], "height": 900})
    page.emulate_media(color_scheme=screen[1])  # type: ignore[arg-type] # one of its literals
    for address in ("/", "/search/?q=release", addresses.OF_KINDS[Kind.RUNBOOK]):
        page.goto(address)
        assert violations(page) == []
