"""Blocks in a real browser, under the site's own policy, without a page of the tree and a database."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from wagtail import blocks

from tests.templates_lib.browser.pages import page_with

Show = Callable[..., Page]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Static files and the frame of diagrams, served in a thread."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture
def console_errors(page: Page) -> list[str]:
    """What the browser complained about, such as breaches of the policy."""
    errors: list[str] = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


@pytest.fixture
def show_anyway(site: str, page: Page, settings: Any, console_errors: list[str]) -> Show:
    """Open a page that holds a block, under the policy of the site."""
    policy = "; ".join(
        f"{name} {' '.join(sources)}"
        for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    )

    def open_block(block: blocks.Block, *values: Any) -> Page:
        address = f"{site}/gallery/"
        html = page_with(block, *values)
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy}
        page.route(address, lambda route: route.fulfill(body=html, headers=headers))
        page.goto(address)
        return page

    return open_block


@pytest.fixture
def show(show_anyway: Show, console_errors: list[str]) -> Iterator[Show]:
    """The same; fails when the browser complains about anything."""
    yield show_anyway
    assert console_errors == []
