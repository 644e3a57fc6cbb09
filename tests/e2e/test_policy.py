"""No page loads anything from another host, breaks the policy or complains in the console.

The fixture ``watch``, which all pages of this folder are opened under, holds that for each of them;
here are those that do more than show text.
"""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from knowledge.catalog.kinds import Kind
from tests.e2e import addresses
from tests.e2e.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

WITH_DIAGRAMS = [
    addresses.OF_KINDS[kind] for kind in (Kind.SOP, Kind.GOVERNANCE_MODEL, Kind.BLUEPRINT)
]


@pytest.mark.parametrize("address", WITH_DIAGRAMS)
def test_diagrams_are_drawn_from_here(page: Page, address: str) -> None:
    page.goto(address)
    for figure in page.locator(".diagram").all():
        figure.scroll_into_view_if_needed()
        expect(figure).to_contain_class("diagram--drawn", timeout=20_000)


def test_everything_that_reacts_reacts_without_complaint(page: Page) -> None:
    page.goto(addresses.OF_KINDS[Kind.CHECKLIST])
    page.locator(".checklist__box").first.check()
    page.goto(addresses.OF_KINDS[Kind.ASSESSMENT])
    page.locator("input[type=radio]").first.check()
    page.goto("/search/?q=release")
    page.get_by_role("checkbox", name="Runbook").check()
    page.wait_for_url("**kind=runbook**")
    page.go_back()
    expect(page.get_by_role("checkbox", name="Runbook")).not_to_be_checked()
    page.get_by_role("combobox", name="Search the portal").fill("relea")
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_watch_sees_what_it_should(context: BrowserContext, portal: str) -> None:
    watch = Watch(context, portal)
    page = context.new_page()
    page.route("http://other.example/*", lambda route: route.fulfill(body="", status=200))
    page.goto("/")
    page.evaluate("() => console.error('a complaint')")
    page.evaluate("() => setTimeout(() => { throw new Error('broken') })")
    page.evaluate("() => { new Image().src = '/static/none.png' }")
    page.evaluate(
        "() => { document.body.style.cssText; document.body.setAttribute('style', 'top:0') }"
    )
    page.evaluate("() => { window.open('http://other.example/') }")
    page.wait_for_timeout(500)
    told = "\n".join(watch.faults)
    for words in (
        "a complaint",
        "broken",
        "status of 404",
        "Content Security Policy",
        "another host",
    ):
        assert words in told
