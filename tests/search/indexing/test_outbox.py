"""What Elasticsearch has to be told is kept with the change and never blocks it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from kombu import Connection

from knowledge.catalog.services import queueing
from knowledge.catalog.signals import artifact_changed
from knowledge.governance.tasks import send_letters
from search.indexing import client, draining, outbox
from search.models import OutboxRow
from search.tasks import drain_outbox
from tests.search.helpers import artifact, find, section, shelf, titles
from tests.silent import silent_server

pytestmark = pytest.mark.django_db

AWAY = "http://127.0.0.1:9"  # the discard port: refused at once


@pytest.fixture
def queued():
    with patch.object(drain_outbox, "apply_async") as asked:
        yield asked


class TestCommit:
    def test_a_committed_change_is_noted_and_queued_once(self, node, queued, committing):
        with committing():
            page = artifact("One")
            artifact("Two")
            assert not queued.called
        assert queued.call_count == 1
        assert OutboxRow.objects.filter(page_id=page.pk).exists()

    def test_a_rolled_back_change_is_not(self, node, queued, committing):
        shelf()
        OutboxRow.objects.all().delete()
        with committing(), pytest.raises(RuntimeError), transaction.atomic():
            artifact("One")
            raise RuntimeError
        assert not OutboxRow.objects.exists()
        assert not queued.called

    def test_a_broker_that_hangs_is_waited_for_once_with_all_that_is_handed_over(
        self, node, committing, monkeypatch
    ):
        app = drain_outbox.app
        with silent_server() as broker, monkeypatch.context() as patched:
            address = f"redis://{broker.netloc}/0"
            patched.setattr(app.conf, "task_always_eager", False)
            patched.setattr(app, "connection_for_write", lambda: Connection(address))
            patched.setattr(queueing._Broker, "quiet_until", 0.0)
            for number in range(3):
                with committing():
                    page = artifact(f"Page {number}")
                assert not queueing.hand_over(send_letters)
            assert broker.callers() <= 2  # the client tries a connection twice
        assert OutboxRow.objects.filter(page_id=page.pk).exists()

    def test_with_a_worker_a_change_is_found_at_once(self, node, committing):
        with committing():
            artifact("Handover")
        node.refresh()
        assert titles("q=handover") == ["Handover"]
        assert not OutboxRow.objects.exists()

    @pytest.fixture
    def committing(self, django_capture_on_commit_callbacks):
        return lambda: django_capture_on_commit_callbacks(execute=True)


class TestDraining:
    def test_without_elasticsearch_nothing_is_noted(self):
        artifact("One")
        assert not OutboxRow.objects.exists()
        assert draining.drain() == draining.Drained()

    def test_what_cannot_be_sent_is_kept_and_waits_longer(self, node, settings):
        page = artifact("One")
        OutboxRow.objects.exclude(page_id=page.pk).delete()
        settings.SEARCH_ELASTICSEARCH_URL = AWAY
        draining.drain()
        row = OutboxRow.objects.filter(page_id=page.pk).first()
        assert row.attempts == 1
        assert row.next_try > timezone.now()
        assert "Connection" in row.last_error
        draining.drain()
        row.refresh_from_db()
        assert row.attempts == 1  # not due yet

    def test_what_was_kept_is_sent_when_elasticsearch_is_back(self, node, settings):
        page = artifact("One")
        address = settings.SEARCH_ELASTICSEARCH_URL
        settings.SEARCH_ELASTICSEARCH_URL = AWAY
        draining.drain()
        settings.SEARCH_ELASTICSEARCH_URL = address
        assert draining.drain(now=timezone.now() + timedelta(minutes=1)).sent >= 1
        assert page.pk in node.ids()
        assert not OutboxRow.objects.exists()

    def test_unpublished_and_deleted_pages_leave_the_index(self, node):
        first, second, third = (artifact(f"Page {number}") for number in range(3))
        node.catch_up()
        first.unpublish()
        second.delete()
        node.catch_up()
        assert node.ids() == {third.pk}

    def test_sending_twice_does_no_harm(self, node):
        page = artifact("One")
        for _ in range(2):
            outbox.note([page.pk])
            node.catch_up()
        assert node.ids() == {page.pk}

    def test_a_late_older_look_loses(self, node):
        from search.indexing import aliases, documents, sending

        page = artifact("Old")
        before = documents.documents([page.pk])[0]
        seen = sending.database_clock()
        page.title = "New"
        page.save()
        node.catch_up()
        late = [sending.put(aliases.names().write, before, seen)]
        assert list(sending.results(client.writing(), late)) == []
        node.refresh()
        assert titles("q=new") == ["New"]

    def test_a_document_that_is_refused_is_reported_and_not_shown_in_its_old_state(self, node):
        page = artifact("Fine")
        node.catch_up()
        OutboxRow.objects.all().delete()
        page.title = "Changed"
        page.save()
        with patch(
            "search.indexing.documents.site_path", side_effect=lambda _path: {"not": "text"}
        ):
            drained = draining.drain()
        assert drained.failed == 1
        row = OutboxRow.objects.get(page_id=page.pk)
        assert row.refused
        assert row.last_error
        assert node.ids() == set()
        assert not outbox.is_lagging()

    def test_moving_a_section_sends_all_below(self, node):
        night = section("Night", shelf("Operations"))
        page = artifact("Handover", parent=night)
        node.catch_up()
        night.move(shelf("Product"), pos="last-child")
        node.catch_up()
        assert titles("category=product") == ["Handover"]
        page.refresh_from_db()
        assert page.path.startswith(shelf("Product").path)

    def test_a_new_order_of_pages_sends_the_neighbours(self, node):
        shelf_page = shelf("Operations")
        pages = [artifact(f"Page {number}", parent=shelf_page) for number in range(3)]
        node.catch_up()
        from wagtail.models import Page

        Page.objects.get(pk=pages[2].pk).move(Page.objects.get(pk=pages[0].pk), pos="left")
        noted = set(OutboxRow.objects.values_list("page_id", flat=True))
        assert noted >= {page.pk for page in pages}

    def test_a_new_address_of_a_category_is_followed(self, node):
        category = shelf("Operations")
        page = artifact("Handover", parent=category)
        node.catch_up()
        category.slug = "ops"
        category.save()
        node.catch_up()
        from search.indexing import aliases

        document = node.client.get(index=aliases.names().read, id=str(page.pk))["_source"]
        assert document["url"] == "/ops/handover/"

    def test_other_words_of_a_category_send_nothing(self, node):
        category = shelf("Operations")
        artifact("Handover", parent=category)
        node.catch_up()
        category.intro = "What runs, and who is called."
        category.save_revision().publish()
        category.get_parent().specific.save_revision().publish()
        assert not OutboxRow.objects.exists()

    def test_review_dates_that_move_without_a_revision_are_followed(self, node):
        page = artifact("Handover")
        node.catch_up()
        today = timezone.localdate()
        type(page).objects.filter(pk=page.pk).update(
            last_reviewed=today, next_review=today + timedelta(days=9)
        )
        artifact_changed.send(sender=type(page), artifact_ids=[page.pk])
        node.catch_up()
        assert titles("trust=verified") == ["Handover"]

    def test_losing_its_successor_is_followed(self, node):
        new = artifact("New")
        artifact("Old", superseded_by=new)
        node.catch_up()
        assert titles("trust=superseded") == ["Old"]
        new.delete()
        node.catch_up()
        assert titles("trust=unverified") == ["Old"]


def test_an_index_that_is_behind_is_not_asked(node):
    page = artifact("Handover")
    node.catch_up()
    assert find("q=handover").engine == "elasticsearch"
    OutboxRow.objects.create(page_id=page.pk, created_at=timezone.now() - timedelta(minutes=1))
    result = find("q=handover")
    assert (result.engine, result.degraded, result.count) == ("database", True, 1)


class TestHiding:
    """What was taken out of sight is not counted for a moment longer, nowhere."""

    def test_an_unpublished_page_is_not_counted_before_it_has_been_sent(self, node):
        page = artifact("Handover")
        node.catch_up()
        page.unpublish()
        result = find("q=handover")
        assert (result.count, result.engine) == (0, "database")
        assert all(not facet.options for facet in result.facets)

    def test_once_it_has_been_sent_elasticsearch_answers_again_without_it(self, node):
        page = artifact("Handover")
        artifact("Handover guide")
        node.catch_up()
        page.unpublish()
        draining.drain()  # no refresh by the test: the drain itself waits for it
        result = find("q=handover")
        assert (result.count, result.engine) == (1, "elasticsearch")

    def test_a_move_counts_as_hiding(self, node):
        artifact("Handover").move(shelf("Product"), pos="last-child")
        assert find("").engine == "database"

    def test_an_edit_does_not(self, node):
        artifact("Handover")
        assert find("").engine == "elasticsearch"
