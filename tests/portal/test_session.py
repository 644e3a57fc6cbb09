"""A session that ends while somebody writes costs a login, and nothing that was typed."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.database import left_as_found
from tests.factories import ArtifactFactory, person
from tests.factories import home as make_home

PASSWORD = "a-long-test-password"
TYPED = "Written after the session had ended."


@pytest.mark.django_db
def test_the_state_tells_who_is_logged_in_and_is_never_kept(client: Client, home: object) -> None:
    before = client.get(reverse("session_state"))
    assert before.json()["person"] == ""
    assert "no-store" in before["Cache-Control"]
    client.force_login(person("Editors", username="edna"))
    after = client.get(reverse("session_state")).json()
    assert after["person"] == "edna"
    assert after["token"]


@pytest.fixture
def address(playwright: object, django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """Of the edit form of an artifact, on a server with a database of its own."""
    with django_db_blocker.unblock(), left_as_found():
        make_home()
        edna = person("Editors", username="edna")
        artifact = ArtifactFactory(owner_user=edna)
        server = LiveServer("127.0.0.1")
        yield f"{server.url}{reverse('wagtailadmin_pages:edit', args=[artifact.pk])}"
        server.stop()


def log_in(page: Page) -> None:
    page.fill("[name=username]", "edna")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


@pytest.mark.browser
@pytest.mark.xdist_group("e2e")
def test_what_was_typed_outlives_the_session(address: str, page: Page) -> None:
    page.goto(address)
    log_in(page)
    line = page.locator("#id_bottom_line")
    expect(line).to_be_visible()

    Session.objects.all().delete()
    cache.clear()
    line.fill(TYPED)
    save = page.get_by_role("button", name="Save draft")
    save.click()

    said = page.locator("dialog.session-dialog")
    expect(said).to_contain_text("You are logged out")
    with page.context.expect_page() as opened:
        said.get_by_role("link").click()
    log_in(opened.value)
    opened.value.wait_for_url("**/admin/")
    opened.value.close()
    said.get_by_role("button").click()
    expect(line).to_have_value(TYPED)
    save.click()
    expect(page.locator(".messages")).to_contain_text("updated")
    page.reload()
    expect(line).to_have_value(TYPED)
