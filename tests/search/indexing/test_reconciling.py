"""What was changed past the signals, or lost on the way, is found and repaired."""

import pytest

from search.indexing import aliases, reconciling
from search.models import OutboxRow, SearchEntry
from search.tasks import reconcile
from tests.search.helpers import artifact, find, titles

pytestmark = pytest.mark.django_db


def test_nothing_is_wrong_after_ordinary_work(node):
    for number in range(3):
        artifact(f"Page {number}", tags=["A"])
    node.catch_up()
    assert reconciling.reconcile() == reconciling.Reconciled(entries=0, elasticsearch=0)


def test_entries_are_repaired():
    lost, changed, closed = (artifact(title) for title in ("Lost", "Changed", "Closed"))
    SearchEntry.objects.filter(pk=lost.pk).delete()
    type(changed).objects.filter(pk=changed.pk).update(bottom_line="Quite different.")
    type(closed).objects.filter(pk=closed.pk).update(live=False)
    assert titles("q=closed") == []  # not even before the repair
    assert reconciling.reconcile().entries == 3
    assert titles("q=lost") == ["Lost"]
    assert titles("q=different") == ["Changed"]
    assert not SearchEntry.objects.filter(pk=closed.pk).exists()


def test_the_index_is_repaired(node):
    missing, old, right = (artifact(title) for title in ("Missing", "Old", "Right"))
    node.catch_up()
    index = aliases.names().write
    node.client.delete(index=index, id=str(missing.pk))
    node.client.update(index=index, id=str(old.pk), doc={"title": "Older", "digest": "x"})
    surplus = node.client.get(index=index, id=str(right.pk))["_source"] | {"id": 999_999}
    node.client.index(index=index, id="999999", document=surplus)
    node.refresh()
    assert reconciling.reconcile().elasticsearch == 3
    assert node.ids() == {missing.pk, old.pk, right.pk}
    assert titles("q=old") == ["Old"]


def test_a_lost_message_is_found(node):
    artifact("One")
    OutboxRow.objects.all().delete()
    reconcile()
    node.refresh()
    assert find("q=one").engine == "elasticsearch"
    assert titles("q=one") == ["One"]


def test_elasticsearch_away_leaves_the_database_repaired(node, settings):
    page = artifact("One")
    SearchEntry.objects.all().delete()
    settings.SEARCH_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert reconciling.reconcile() == reconciling.Reconciled(entries=1)
    assert SearchEntry.objects.filter(pk=page.pk).exists()
