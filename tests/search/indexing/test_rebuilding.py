"""A rebuild changes nothing for readers and loses nothing that happens meanwhile."""

from unittest.mock import patch

import pytest
from django.core.cache import cache
from elasticsearch import ConnectionError as NodeAway

from search.indexing import aliases, client, draining, outbox, rebuilding
from search.models import OutboxRow
from search.tasks import drain_outbox
from tests.search.helpers import artifact, find, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(rebuilding, "GRACE_SECONDS", 0.0)
    monkeypatch.setattr(rebuilding, "BATCH", 3)


def test_a_rebuild_replaces_the_index_and_removes_the_old_one(node):
    artifact("One")
    before = aliases.all_indices(node.client)
    done = rebuilding.rebuild()
    assert done.documents == 1
    assert list(done.replaced) == before
    assert aliases.all_indices(node.client) == [done.index]
    assert titles("q=one") == ["One"]


def test_edits_during_a_rebuild_are_not_lost(node):
    """In each batch one page is edited, one unpublished, one made; some before their look, some after."""
    pages = [artifact(f"Page {number:02}") for number in range(12)]
    node.catch_up()
    edits = iter(range(5))
    shown = []

    def meanwhile(done: int, total: int) -> None:
        number = next(edits, None)
        if number is None:
            return
        first, last = pages[number], pages[-1 - number]
        first.title = f"Edited {number:02}"
        first.save()
        last.unpublish()
        artifact(f"Fresh {number:02}")
        if number % 2:
            draining.drain(ignore_waits=True)
        shown.append(find("q=page").count > 0)

    rebuilding.rebuild(progress=meanwhile)
    draining.drain(ignore_waits=True)
    node.refresh()
    live = {page.pk for page in type(pages[0]).objects.filter(live=True)}
    assert node.ids() == live
    assert sorted(titles("q=edited")) == [f"Edited {number:02}" for number in range(5)]
    assert len(titles("q=fresh")) == 5
    assert shown == [True] * 5


def test_an_edit_between_the_look_and_the_writing_wins(node):
    page = artifact("Old words")
    node.catch_up()
    fill = rebuilding.sending.put

    def slow(index, document, version):
        # The rebuild has looked at the page; now it changes, and the change is sent first.
        if page.title == "Old words":
            page.title = "New words"
            page.save()
            draining.drain(ignore_waits=True)
        return fill(index, document, version)

    with patch("search.indexing.rebuilding.sending.put", side_effect=slow):
        rebuilding.rebuild()
    node.refresh()
    assert titles("q=new") == ["New words"]
    assert titles("q=old") == []


def test_a_deletion_between_the_look_and_the_writing_wins(node):
    page = artifact("Gone")
    node.catch_up()
    fill, deleted = rebuilding.sending.put, []

    def slow(index, document, version):
        if not deleted:
            deleted.append(page.pk)
            type(page).objects.get(pk=page.pk).delete()
            draining.drain(ignore_waits=True)
        return fill(index, document, version)

    with patch("search.indexing.rebuilding.sending.put", side_effect=slow):
        rebuilding.rebuild()
    assert node.ids() == set()


def test_two_rebuilds_do_not_run_at_once(node):
    cache.add(rebuilding.LOCK_KEY, 1, 60)
    with pytest.raises(rebuilding.RebuildRefused):
        rebuilding.rebuild()
    assert rebuilding.rebuild(force=True).index


def test_what_a_killed_rebuild_left_is_removed(node):
    left = aliases.create(node.client)
    aliases.add_writer(node.client, left)
    artifact("One")
    node.catch_up()
    done = rebuilding.rebuild()
    assert aliases.all_indices(node.client) == [done.index]


def test_a_rebuild_that_fails_keeps_the_old_index(node):
    artifact("One")
    node.catch_up()
    before = aliases.all_indices(node.client)
    with (
        patch("search.indexing.rebuilding.sending.results", side_effect=NodeAway("gone")),
        pytest.raises(NodeAway),
    ):
        rebuilding.rebuild()
    assert aliases.all_indices(node.client) == before
    assert titles("q=one") == ["One"]
    assert rebuilding.rebuild().documents == 1  # the lock is free again


def test_a_document_that_is_refused_does_not_keep_the_others_away(node):
    bad, good = artifact("Bad"), artifact("Good")
    OutboxRow.objects.all().delete()
    fill = rebuilding.sending.put

    def spoilt(index, document, version):
        broken = {**document, "unknown": 1} if document["id"] == bad.pk else document
        return fill(index, broken, version)

    with patch("search.indexing.rebuilding.sending.put", side_effect=spoilt):
        rebuilding.rebuild()
    assert node.ids() == {good.pk}
    assert OutboxRow.objects.filter(page_id=bad.pk).exists()


def test_a_deleted_index_comes_back_by_itself(node):
    artifact("One")
    node.catch_up()
    aliases.discard(node.client, aliases.all_indices(node.client))
    result = find("q=one")
    assert (result.engine, result.degraded, result.count) == ("database", True, 1)
    drain_outbox()
    assert find("q=one").engine == "elasticsearch"


def test_a_write_to_a_deleted_index_does_not_make_one_by_guessing(node):
    page = artifact("One")
    aliases.discard(node.client, aliases.all_indices(node.client))
    with patch.object(aliases, "behind", return_value=[aliases.names().dated(_now())]):
        draining.drain(ignore_waits=True)
    assert aliases.all_indices(node.client) == []
    assert OutboxRow.objects.filter(page_id=page.pk, refused=False).exists()


def test_the_mapping_is_closed(node):
    index = aliases.behind(node.client, aliases.names().read)[0]
    mapping = client.writing().indices.get_mapping(index=index)[index]["mappings"]
    assert mapping["dynamic"] == "strict"


def test_without_elasticsearch_nothing_is_built():
    artifact("One")
    drain_outbox()
    assert not outbox.is_used()


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_an_index_of_another_version_of_the_portal_is_replaced(node):
    artifact("Rollback")
    node.catch_up()
    [old] = aliases.behind(node.client, aliases.names().read)
    node.client.indices.put_mapping(index=old, meta={"shape": "of-last-year"})
    assert rebuilding.ensure()
    [new] = aliases.behind(node.client, aliases.names().read)
    assert new != old
    assert len(node.ids()) == 1
    assert not rebuilding.ensure()


def test_a_rebuild_that_was_broken_off_is_begun_again(node):
    """Its leftover takes changes already: it must not pass for the index that readers ask."""
    artifact("Rollback")
    node.catch_up()
    [old] = aliases.behind(node.client, aliases.names().read)
    node.client.indices.put_mapping(index=old, meta={"shape": "of-last-year"})
    half = aliases.create(node.client)
    aliases.add_writer(node.client, half)
    assert rebuilding.ensure()
    [new] = aliases.behind(node.client, aliases.names().read)
    assert new not in (old, half)
    assert len(node.ids()) == 1
    assert aliases.all_indices(node.client) == [new]
