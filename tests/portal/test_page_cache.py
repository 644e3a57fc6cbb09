"""Finished pages for anonymous readers: fast while they are true, gone at once when they are not."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Site

from knowledge.catalog.models import Tag
from knowledge.catalog.services import freshness, tags
from portal.middleware import page_cache
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    IndustryFactory,
    close,
    group,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Runs what waits for the end of a transaction, as a request or a command would."""

    def _run(change: Callable[[], object]) -> object:
        with django_capture_on_commit_callbacks(execute=True):
            return change()

    return _run


@pytest.fixture
def page(home: Page):
    return ArtifactFactory(title="Hand over a shift", bottom_line="The first line.")


def warm(client: Client, url: str) -> bytes:
    client.get(url)
    return client.get(url).content


def test_a_warm_page_costs_no_query(page, client, django_assert_num_queries) -> None:
    first = client.get(page.url)
    with django_assert_num_queries(0):
        again = client.get(page.url)
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert again["Content-Type"] == "text/html; charset=utf-8"
    assert int(again["Content-Length"]) == len(again.content)


def test_browsers_are_told_to_ask_each_time(page, client) -> None:
    answer = client.get(page.url)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in answer["Vary"]


def test_an_unchanged_page_is_not_sent_again(page, client, django_assert_num_queries) -> None:
    etag = client.get(page.url)["ETag"]
    with django_assert_num_queries(0):
        answer = client.get(page.url, headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["ETag"] == etag
    assert client.get(page.url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_answers_like_get_without_a_body(page, client) -> None:
    cold = client.head(page.url)
    full = client.get(page.url)
    warm_head = client.head(page.url)
    assert cold.status_code == warm_head.status_code == 200
    assert warm_head.content == b""
    assert warm_head["ETag"] == full["ETag"]


class TestPurge:
    def test_publishing(self, page, client, committed) -> None:
        warm(client, page.url)
        page.bottom_line = "The second line."
        committed(lambda: page.save_revision().publish())
        assert "The second line." in client.get(page.url).content.decode()

    def test_a_draft_changes_nothing(self, page, client, committed) -> None:
        before = warm(client, page.url)
        page.bottom_line = "Not for readers."
        committed(lambda: page.save_revision())
        assert client.get(page.url).content == before

    def test_unpublishing(self, page, client, committed) -> None:
        warm(client, page.url)
        committed(page.unpublish)
        assert client.get(page.url).status_code == 404

    def test_deleting(self, page, client, committed) -> None:
        warm(client, page.url)
        committed(page.delete)
        assert client.get(page.url).status_code == 404

    def test_moving(self, page, client, committed) -> None:
        old = page.url
        warm(client, old)
        target = CategoryFactory()
        committed(lambda: page.move(target, pos="last-child"))
        assert client.get(old).status_code != 200
        moved = type(page).objects.get(pk=page.pk)
        assert client.get(moved.url).status_code == 200

    def test_closing_and_opening_again(self, page, client, committed) -> None:
        warm(client, page.url)
        restriction = committed(lambda: close(page, group("Operations")))
        assert client.get(page.url).status_code == 404
        committed(restriction.delete)
        assert client.get(page.url).status_code == 200

    def test_closing_the_section_above(self, page, client, committed) -> None:
        warm(client, page.url)
        committed(lambda: close(page.get_parent()))
        assert client.get(page.url).status_code == 404

    def test_a_renamed_industry(self, home: Page, client, committed) -> None:
        industry = IndustryFactory(name="Software")
        page = ArtifactFactory(industries=[industry])
        assert b"Software" in warm(client, page.url)
        industry.name = "Programs"
        committed(industry.save)
        assert b"Programs" in client.get(page.url).content

    def test_a_merged_tag(self, home: Page, client, committed) -> None:
        page = ArtifactFactory(tags=["deploys"])
        assert b"deploys" in warm(client, page.url)
        into = Tag.objects.create(name="deployments", slug="deployments")
        source = Tag.objects.get(name="deploys")
        by = person("Administrators")
        committed(lambda: tags.merge(source=source, into=into, by=by))
        assert b'href="/tags/deployments/"' in client.get(page.url).content

    def test_a_changed_site(self, page, client, committed) -> None:
        warm(client, page.url)
        before = freshness.current()
        committed(Site.objects.get().save)
        assert freshness.current() != before

    def test_a_change_that_is_rolled_back_purges_nothing(self, page, client) -> None:
        before = freshness.current()
        freshness.bump()  # the transaction of this test never commits
        assert freshness.current() == before

    def test_another_process_drops_its_pages_too(self, page, client) -> None:
        warm(client, page.url)
        # What the other process does on commit.
        freshness._replace()
        type(page).objects.filter(pk=page.pk).update(live=False)
        assert client.get(page.url).status_code == 404


class TestNotKept:
    def kept(self) -> int:
        return len(page_cache.store._pages)

    def test_pages_of_people_who_are_logged_in(self, page, client) -> None:
        client.force_login(person("Editors"))
        answer = client.get(page.url)
        assert "Edit" in answer.content.decode()
        assert "ETag" not in answer
        assert self.kept() == 0
        assert "wagtailadmin" not in Client().get(page.url).content.decode()

    def test_a_closed_page_that_a_member_reads(self, page, client) -> None:
        close(page, group("Operations"))
        member = person("Operations")
        client.force_login(member)
        assert client.get(page.url).status_code == 200
        assert Client().get(page.url).status_code == 404
        assert self.kept() == 0

    def test_pages_with_a_message_for_one_person(self, page, client) -> None:
        client.cookies["messages"] = "x"
        client.get(page.url)
        assert self.kept() == 0

    @pytest.mark.parametrize(
        "path", ["/no-such-page/", "/login/", "/admin/", "/healthz/live", "/healthz/ready"]
    )
    def test_what_is_missing_or_personal(self, home: Page, client, path: str) -> None:
        client.get(path)
        assert self.kept() == 0

    def test_addresses_with_a_query_are_pages_of_their_own(self, page, client) -> None:
        page.save_revision().publish()
        old = client.get(f"{page.url}?version=1.0").content
        assert client.get(page.url).content != old

    def test_nothing_is_kept_when_the_stamp_cannot_be_read(self, page, client, monkeypatch) -> None:
        monkeypatch.setattr(cache, "get", lambda *_args, **_kwargs: None)
        assert client.get(page.url).status_code == 200
        assert self.kept() == 0

    def test_other_hosts_have_pages_of_their_own(self, page, client) -> None:
        client.get(page.url)
        client.get(page.url, headers={"host": "localhost"})
        assert self.kept() == 2

    def test_an_old_entry_is_made_anew(self, page, client, monkeypatch) -> None:
        client.get(page.url)
        monkeypatch.setattr(page_cache.time, "monotonic", lambda: 10.0**9)
        type(page).objects.filter(pk=page.pk).update(bottom_line="Changed past everything.")
        cache.clear()
        assert b"Changed past everything." in client.get(page.url).content


def test_the_oldest_page_gives_way_when_the_store_is_full() -> None:
    store = page_cache.PageStore(limit=2)
    entry = page_cache.Entry("s", 0, 200, b"", '"e"', ())
    for key in ("a", "b", "c"):
        store.put(key, entry)
    assert store.get("a") is None
    assert store.get("c") is entry


def test_a_page_that_is_too_big_is_not_kept(page, client, monkeypatch) -> None:
    monkeypatch.setattr(page_cache, "MAX_BODY_BYTES", 10)
    client.get(page.url)
    assert len(page_cache.store._pages) == 0
