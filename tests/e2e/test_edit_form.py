"""The form of an artifact in the admin: faults are found, and nothing that was pasted is cut."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from knowledge.catalog.models import CategoryPage
from tests.e2e.people import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("e2e")]


@pytest.fixture
def form(page: Page) -> Page:
    log_in(page, "editor")
    category = CategoryPage.objects.get(slug="operations")
    page.goto(reverse("wagtailadmin_pages:add", args=["catalog", "runbookpage", category.pk]))
    return page


def test_every_tab_counts_its_faults_and_what_is_too_long_is_kept(form: Page) -> None:
    form.get_by_role("textbox", name="Title").fill("Rotate the keys")
    line = form.get_by_role("textbox", name="Bottom line")
    line.fill("a" * 290)
    expect(form.get_by_text("10 of 300 characters left.")).to_be_visible()
    line.fill("a" * 312)
    expect(form.get_by_text("12 characters too many, 300 at most.")).to_be_visible()
    assert len(line.input_value()) == 312

    form.get_by_role("button", name="More actions").last.click()
    form.get_by_role("button", name="Publish", exact=True).click()
    # One for the bottom line, one for the body.
    expect(form.get_by_role("tab", name="Content")).to_contain_text("(2 errors)")
    expect(form.get_by_role("tab", name="Who keeps it")).to_contain_text("(1 error)")
    expect(form.get_by_text("Still missing: Trigger")).to_be_visible()
    assert len(form.get_by_role("textbox", name="Bottom line").input_value()) == 312
