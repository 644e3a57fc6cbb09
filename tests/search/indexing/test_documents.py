"""One document an artifact: complete, bounded, the same by every way."""

import pytest
from django.utils import timezone

from knowledge.catalog import models
from search.indexing import documents, entries
from search.models import SearchEntry
from tests.search.helpers import artifact, section, shelf

pytestmark = [pytest.mark.django_db]


def document(page) -> dict:
    return documents.documents([page.pk])[0]


def test_a_document_has_all_that_is_searched_shown_and_filtered():
    category = shelf("Operations")
    closed = section("Night watch", category)
    page = artifact(
        "On-call handover",
        parent=closed,
        slug="handover",
        bottom_line="Nothing is forgotten.",
        body=[
            {"type": "heading", "value": {"text": "Before you leave", "depth": "section"}},
            {"type": "purpose", "value": {"body": "<p>Hand over &amp; sleep.</p>"}},
        ],
        tags=["Rota"],
        tools=[models.Tool.objects.create(name="Zapier", slug="zapier")],
        industries=[models.Industry.objects.create(name="Software", slug="software")],
        regions=[models.Region.objects.create(name="Europe", slug="eu")],
        maturity=3,
        effort_minutes=20,
        last_reviewed=timezone.localdate(),
    )
    found = document(page)
    assert found["path"] == page.path
    assert found["ancestors"] == [page.path[:end] for end in range(4, len(page.path) + 1, 4)]
    assert closed.path in found["ancestors"]
    assert found["category"] == category.path
    assert found["url"] == "/operations/night-watch/handover/"
    assert found["headings"] == ["Before you leave", "Purpose"]
    assert "Hand over & sleep." in found["body"]
    assert found["terms"] == ["Guide", "Rota", "Zapier", "Software"]
    assert (found["tag"], found["tool"], found["region"]) == (["rota"], ["zapier"], ["eu"])
    assert (found["kind"], found["maturity"]) == (["guide"], ["3"])
    assert found["effort"] == ["under-30-minutes"]
    assert found["last_reviewed"] == timezone.localdate().isoformat()
    assert found["superseded"] is False


def test_what_is_built_while_saving_equals_what_is_built_from_the_database():
    artifact(
        "A", tags=["One", "Two"], industries=[models.Industry.objects.create(name="S", slug="s")]
    )
    assert entries.rewrite(SearchEntry.objects.values_list("pk", flat=True)) == 0


def test_a_draft_of_a_live_page_is_not_searchable():
    page = artifact("Public words")
    page.title = "Secret words"
    page.body = page.body.stream_block.to_python(
        [{"type": "markdown", "value": {"source": "hush"}}]
    )
    page.save_revision(clean=False)
    found = document(page)
    assert found["title"] == "Public words"
    assert "hush" not in found["body"]


def test_control_characters_and_endless_bodies_are_bounded():
    page = artifact("Zero\x01 title", text="word " * 60_000)
    found = document(page)
    assert found["title"] == "Zero  title"
    assert len(found["body"]) <= documents.MAX_BODY_CHARS


def test_many_documents_cost_two_queries(django_assert_num_queries):
    pages = [artifact(f"Page {number}") for number in range(5)]
    with django_assert_num_queries(2):
        assert len(documents.documents([page.pk for page in pages])) == 5
