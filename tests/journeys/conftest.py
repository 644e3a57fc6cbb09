"""The stage of the journeys: a small library with a closed section, and how a person moves in it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from wagtail.models import Page

from knowledge.catalog import models
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    FaqEntryFactory,
    FaqPageFactory,
    IndustryFactory,
    close,
    complete_body,
    group,
    person,
)
from tests.node import Node


class Visitor:
    """A person at a browser without scripts: opens pages, follows links, sends forms."""

    def __init__(self, run: Callable[..., Any], node: Node) -> None:
        self.client = Client()
        self.run = run
        self.node = node
        self.answer: Any = None

    def log_in(self, username: str) -> "Visitor":
        form = {"username": username, "password": "a-long-test-password"}
        return self.send("/login/", **form)

    def open(self, url: str) -> "Visitor":
        self.node.catch_up()  # as the worker does
        self.answer = self.client.get(url, follow=True)
        return self

    def send(self, url: str, **data: object) -> "Visitor":
        self.run(lambda: setattr(self, "answer", self.client.post(url, data, follow=True)))
        return self

    def click(self, words: str) -> "Visitor":
        link = next(a for a in self.page.select("a[href]") if words in a.get_text(" ", strip=True))
        return self.open(urljoin(self.answer.request["PATH_INFO"], link["href"]))

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.content, "html.parser")

    def one(self, selector: str) -> Tag:
        return self.page.select_one(selector)

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    @property
    def status(self) -> int:
        return self.answer.status_code


@pytest.fixture
def visitor(django_capture_on_commit_callbacks, shared_node: Node) -> Callable[..., Visitor]:
    """Makes visitors; what waits for the end of a transaction is done after each form."""

    def run(deed: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            deed()

    def make(username: str = "") -> Visitor:
        one = Visitor(run, shared_node)
        return one.log_in(username) if username else one

    return make


@pytest.fixture
def library(home: Page, shared_node: Node) -> dict[str, Any]:
    """Operations with a runbook, its checklist and questions; a section for insiders."""
    operations = CategoryFactory(title="Operations", slug="operations")
    secret = CategoryFactory(title="Board papers", slug="board")
    close(secret, group("Insiders"))
    owner = person("Editors", username="emeka", first_name="Emeka", last_name="Okafor")
    for username, role in (
        ("rosa", "Viewers"),
        ("carla", "Contributors"),
        ("tomasz", "Reviewers"),
        ("amara", "Administrators"),
        ("ines", "Insiders"),
    ):
        person(role, username=username, first_name=username.title())
    software = IndustryFactory(name="Software", slug="software")
    runbook = ArtifactFactory.of(
        models.RunbookPage,
        parent=operations,
        title="Restore the database",
        slug="restore-the-database",
        bottom_line="Stop writes, restore the newest backup, check the counts.",
        owner_user=owner,
        industries=[software],
        maturity=2,
        tags=["backups"],
        body=complete_body(models.RunbookPage),
    )
    template = ArtifactFactory.of(
        models.TemplatePage,
        parent=operations,
        title="Incident note",
        slug="incident-note",
        owner_user=owner,
        body=[
            {
                "type": "variables",
                "value": {
                    "variables": [
                        {"key": "service", "label": "Service", "kind": "text", "required": True}
                    ]
                },
            },
            {"type": "document_body", "value": {"source": "# Incident in {{ service }}"}},
        ],
    )
    faq = FaqPageFactory(parent=operations, title="Questions about backups")
    answer = FaqEntryFactory(
        parent=faq, title="How old is the newest backup?", slug="how-old", owner_user=owner
    )
    hidden = ArtifactFactory(parent=secret, title="Secret merger plan", slug="merger")
    shared_node.catch_up()
    return {
        "operations": operations,
        "runbook": runbook,
        "template": template,
        "answer": answer,
        "faq": faq,
        "hidden": hidden,
        "owner": owner,
    }
