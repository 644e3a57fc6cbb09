"""What an operator sees and can do: health and commands."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import health
from search.indexing import aliases, rebuilding, reconciling
from search.models import OutboxRow, SearchEntry
from tests.search.helpers import artifact, titles

pytestmark = pytest.mark.django_db

AWAY = "http://127.0.0.1:9"


def run(*command: str, **options) -> str:
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


class TestHealth:
    def test_without_elasticsearch_it_is_well(self):
        assert health.status() == "ok"
        assert health.report()["engine"] == "database"

    def test_up(self, node):
        assert health.status() == "ok"

    def test_down(self, node, settings):
        settings.SEARCH_ELASTICSEARCH_URL = AWAY
        assert health.status() == "down"
        assert health.report()["status"] == "down"

    def test_no_index(self, node):
        aliases.discard(node.client, aliases.all_indices(node.client))
        assert health.status() == "no index"

    def test_behind(self, node):
        from datetime import timedelta

        from django.utils import timezone

        OutboxRow.objects.create(page_id=1, created_at=timezone.now() - timedelta(minutes=2))
        assert health.status() == "behind"
        assert health.report()["oldest_seconds"] >= 120


class TestCommands:
    def test_status_says_what_waits_and_why(self, node, settings):
        artifact("One")
        node.catch_up()
        page = artifact("Two")
        OutboxRow.objects.filter(page_id=page.pk).update(attempts=3, last_error="no route")
        said = run("search_status", drift=True)
        assert "ok" in said
        assert f"page {page.pk}, tried 3x: no route" in said
        assert "documents  1" in said
        assert "drifted  1" in said

    def test_status_without_elasticsearch(self):
        artifact("One")
        assert "entries  1" in run("search_status")

    def test_status_tells_what_the_last_comparison_mended(self):
        assert "not since" in run("search_status")
        artifact("One")
        SearchEntry.objects.all().delete()
        reconciling.reconcile()
        assert "mended 1 entries" in run("search_status")

    def test_status_tells_what_is_not_found_by_its_meaning_yet(self, settings):
        artifact("One")
        assert "meaning_due" not in run("search_status")
        settings.SEARCH_VECTORS_ENABLED = True
        said = run("search_status")
        assert "meaning_due  1" in said
        assert "encoder  down" in said

    def test_rebuild(self, node, monkeypatch):
        monkeypatch.setattr(rebuilding, "GRACE_SECONDS", 0.0)
        artifact("One")
        SearchEntry.objects.all().delete()
        said = run("rebuild_index")
        assert "1 entries were not as their pages" in said
        assert "1 documents are in" in said
        assert titles("q=one") == ["One"]
        assert not OutboxRow.objects.exists()

    def test_a_dry_run_changes_nothing(self, node):
        artifact("One")
        before = aliases.all_indices(node.client)
        assert "documents  1" in run("rebuild_index", dry_run=True)
        assert aliases.all_indices(node.client) == before

    def test_without_elasticsearch_entries_are_repaired(self):
        artifact("One")
        SearchEntry.objects.all().delete()
        assert "no Elasticsearch" in run("rebuild_index", dry_run=True)
        run("rebuild_index")
        assert titles("q=one") == ["One"]

    def test_elasticsearch_away_is_told(self, node, settings):
        settings.SEARCH_ELASTICSEARCH_URL = AWAY
        with pytest.raises(CommandError, match="nothing has changed"):
            run("rebuild_index")

    def test_draining_by_hand(self, node, settings):
        artifact("One")
        assert "could not" in run("drain_outbox")
        assert not OutboxRow.objects.exists()
        artifact("Two")
        settings.SEARCH_ELASTICSEARCH_URL = AWAY
        with pytest.raises(CommandError, match="search_status"):
            run("drain_outbox")
