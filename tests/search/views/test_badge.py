"""The same state everywhere: page, card, results, API and every file, on the same day."""

import io
import json
from datetime import timedelta
from typing import Any

import docx
import pytest
import yaml
from bs4 import BeautifulSoup
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.trust import TrustState
from knowledge.exchange.downloads import formats
from tests.factories import ArtifactFactory

pytestmark = pytest.mark.django_db
STATES = {
    TrustState.VERIFIED: {"days": 30},
    TrustState.DUE: {"days": -1},
    TrustState.STALE: {"days": -40},
    TrustState.UNVERIFIED: {},
    TrustState.SUPERSEDED: {"days": 30, "superseded": True},
    TrustState.ARCHIVED: {"days": 30, "archived": True},
}


def artifact(days: int | None = None, *, superseded: bool = False, archived: bool = False) -> Any:
    today = timezone.localdate()
    page = ArtifactFactory(title="Rollback of a zebra", archived=archived)
    values: dict[str, Any] = {"last_reviewed": None, "next_review": None}
    if days is not None:
        values = {
            "last_reviewed": today - timedelta(days=100),
            "next_review": today + timedelta(days=days),
        }
    if superseded:
        values["superseded_by"] = ArtifactFactory()
    Artifact.objects.filter(pk=page.pk).update(**values)
    return Artifact.objects.get(pk=page.pk).specific


def file_of(client: Any, page: Any, extension: str) -> bytes:
    answer = client.get(f"{page.url}download.{extension}")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("state", TrustState, ids=str)
def test_every_place_names_the_same_state(client: Any, home: Page, state: TrustState) -> None:
    page = artifact(**STATES[state])
    label = str(state.label)
    shown = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert shown.select_one(".trust-line .trust").get_text(strip=True) == label

    asked = {"q": "zebra", "trust": str(state)}
    results = BeautifulSoup(client.get("/search/", asked).content, "html.parser")
    card = results.select_one(f'main a[href="{page.url}"]').find_parent(["article", "li"])
    assert label in card.get_text()
    (hit,) = client.get("/api/v1/search/", asked).json()["results"]
    assert hit["trust"] == state

    head = file_of(client, page, "md").decode().split("---\n")[1]
    assert yaml.safe_load(head)["trust"] == state
    assert json.loads(file_of(client, page, "json"))["trust"] == state


@pytest.mark.skipif(not formats.PDF.is_available, reason="no engine for PDF on this machine")
@pytest.mark.parametrize("state", [TrustState.VERIFIED, TrustState.STALE], ids=str)
def test_the_cover_of_a_paper_names_it(client: Any, home: Page, state: TrustState) -> None:
    page = artifact(**STATES[state])
    text = " ".join(one.extract_text() for one in PdfReader(_io(client, page, "pdf")).pages)
    assert str(state.label) in text
    paper = docx.Document(_io(client, page, "docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    words = " ".join([*(one.text for one in paper.paragraphs), *cells])
    assert str(state.label) in words


def _io(client: Any, page: Any, extension: str) -> io.BytesIO:
    return io.BytesIO(file_of(client, page, extension))


def test_a_kept_file_changes_with_the_day(client: Any, home: Page) -> None:
    page = artifact(days=1)
    assert b"trust: verified" in file_of(client, page, "md")
    Artifact.objects.filter(pk=page.pk).update(next_review=timezone.localdate())
    assert b"trust: due" in file_of(client, page, "md")
