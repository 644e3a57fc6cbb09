"""The tables of the database engine follow every change, in its transaction."""

import pytest
from django.db import transaction
from wagtail.models import Page

from knowledge.catalog import models
from knowledge.catalog.services import terms
from search.models import SearchEntry, SearchFacet
from tests.factories import ArtifactFactory, person
from tests.search.helpers import artifact, section, shelf, titles

pytestmark = [pytest.mark.django_db]


def test_publishing_makes_it_findable_and_unpublishing_takes_it_away():
    page = ArtifactFactory(title="Handover", draft=True)
    assert titles("q=handover") == []
    page.get_latest_revision().publish()
    assert titles("q=handover") == ["Handover"]
    page.refresh_from_db()
    page.unpublish()
    assert titles("q=handover") == []
    assert not SearchEntry.objects.exists()
    assert not SearchFacet.objects.exists()


def test_new_words_replace_the_old_ones():
    page = ArtifactFactory(title="Handover", tags=["Rota"])
    page.title = "Escalation"
    page.tags.set([])
    page.save_revision().publish()
    assert titles("q=handover") == []
    assert titles("q=rota") == []
    assert titles("q=escalation") == ["Escalation"]
    assert not SearchFacet.objects.filter(field="tag").exists()


def test_deleting_a_section_deletes_all_below():
    closed = section("Night watch", shelf())
    artifact("Handover", parent=closed)
    Page.objects.get(pk=closed.pk).delete()
    assert not SearchEntry.objects.exists()


def test_a_rolled_back_change_leaves_no_trace():
    page = ArtifactFactory(title="Handover")
    with pytest.raises(RuntimeError), transaction.atomic():
        page.title = "Escalation"
        page.save_revision().publish()
        raise RuntimeError
    assert titles("q=handover") == ["Handover"]
    assert titles("q=escalation") == []


def test_a_moved_page_is_found_in_its_new_place():
    page = artifact("Handover", parent=shelf("Operations"))
    page.move(shelf("Product"), pos="last-child")
    assert titles("category=product") == ["Handover"]
    assert titles("category=operations") == []


def test_a_renamed_term_is_found_by_its_new_name():
    tool = models.Tool.objects.create(name="PostHog", slug="posthog")
    artifact("Events", tools=[tool])
    tool.name, tool.slug = "Matomo", "matomo"
    tool.save()
    assert titles("q=posthog") == []
    assert titles("q=matomo") == ["Events"]
    assert titles("tool=matomo") == ["Events"]


def test_a_deleted_term_is_forgotten():
    tool = models.Tool.objects.create(name="PostHog", slug="posthog")
    artifact("Events", tools=[tool])
    tool.delete()
    assert titles("q=posthog") == []
    assert not SearchFacet.objects.filter(field="tool").exists()


def test_merging_tags_moves_all_artifacts():
    artifact("One", tags=["Automation"])
    artifact("Two", tags=["Automations"])
    old, kept = (models.Tag.objects.get(name=name) for name in ("Automations", "Automation"))
    terms.merge(source=old, into=kept, by=person("Administrators", is_superuser=True))
    assert sorted(titles("tag=automation")) == ["One", "Two"]


def test_columns_saved_alone_are_followed():
    page = artifact("Handover", maturity=1)
    page.maturity = 4
    page.title = "An unsaved title"
    page.save(update_fields=["maturity"])
    assert titles("maturity=4") == ["Handover"]


def test_a_page_saved_by_its_base_class_keeps_its_words():
    page = artifact("Handover", text="Sleep well.")
    base = Page.objects.get(pk=page.pk)
    base.title = "Night handover"
    base.save()
    assert titles("q=sleep") == ["Night handover"]


def test_publishing_costs_few_queries(django_assert_max_num_queries):
    page = artifact("Handover", tags=["Rota"])
    page.title = "Escalation"
    with django_assert_max_num_queries(16):
        from search.indexing import entries

        entries.keep(page)
