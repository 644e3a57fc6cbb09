"""People of the demo in a browser."""

from playwright.sync_api import Page

from tests.e2e.conftest import PASSWORD


def log_in(page: Page, name: str) -> None:
    page.goto("/login/?next=/runs/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/runs/")
