"""Finished pages for anonymous readers: fast while they are true, gone at once when they are not."""

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Site

from knowledge.catalog.models import Tag
from knowledge.catalog.services import freshness, terms
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
def artifact(home: Page):
    return ArtifactFactory(title="Hand over a shift", bottom_line="The first line.")


def warm(client: Client, url: str) -> bytes:
    client.get(url)
    return client.get(url).content


def test_a_warm_page_costs_no_query(artifact, client, django_assert_num_queries) -> None:
    first = client.get(artifact.url)
    with django_assert_num_queries(0):
        again = client.get(artifact.url)
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert again["Content-Type"] == "text/html; charset=utf-8"
    assert int(again["Content-Length"]) == len(again.content)


def test_browsers_are_told_to_ask_each_time(artifact, client) -> None:
    answer = client.get(artifact.url)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in answer["Vary"]


def test_an_unchanged_page_is_not_sent_again(artifact, client, django_assert_num_queries) -> None:
    etag = client.get(artifact.url)["ETag"]
    with django_assert_num_queries(0):
        answer = client.get(artifact.url, headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["ETag"] == etag
    assert client.get(artifact.url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_answers_like_get_without_a_body(artifact, client) -> None:
    cold = client.head(artifact.url)
    full = client.get(artifact.url)
    warm_head = client.head(artifact.url)
    assert cold.status_code == warm_head.status_code == 200
    assert warm_head.content == b""
    assert warm_head["ETag"] == full["ETag"]


class TestPurge:
    def test_publishing(self, artifact, client, committed) -> None:
        warm(client, artifact.url)
        artifact.bottom_line = "The second line."
        committed(lambda: artifact.save_revision().publish())
        assert "The second line." in client.get(artifact.url).content.decode()

    def test_a_draft_changes_nothing(self, artifact, client, committed) -> None:
        before = warm(client, artifact.url)
        artifact.bottom_line = "Not for readers."
        committed(lambda: artifact.save_revision())
        assert client.get(artifact.url).content == before

    def test_unpublishing(self, artifact, client, committed) -> None:
        warm(client, artifact.url)
        committed(artifact.unpublish)
        assert client.get(artifact.url).status_code == 404

    def test_deleting(self, artifact, client, committed) -> None:
        warm(client, artifact.url)
        committed(artifact.delete)
        assert client.get(artifact.url).status_code == 404

    def test_moving(self, artifact, client, committed) -> None:
        old = artifact.url
        warm(client, old)
        target = CategoryFactory()
        committed(lambda: artifact.move(target, pos="last-child"))
        assert client.get(old).status_code != 200
        moved = type(artifact).objects.get(pk=artifact.pk)
        assert client.get(moved.url).status_code == 200

    def test_closing_and_opening_again(self, artifact, client, committed) -> None:
        warm(client, artifact.url)
        restriction = committed(lambda: close(artifact, group("Operations")))
        assert client.get(artifact.url).status_code == 404
        committed(restriction.delete)
        assert client.get(artifact.url).status_code == 200

    def test_closing_the_section_above(self, artifact, client, committed) -> None:
        warm(client, artifact.url)
        committed(lambda: close(artifact.get_parent()))
        assert client.get(artifact.url).status_code == 404

    def test_a_renamed_industry(self, home: Page, client, committed) -> None:
        industry = IndustryFactory(name="Software")
        artifact = ArtifactFactory(industries=[industry])
        assert b"Software" in warm(client, artifact.url)
        industry.name = "Programs"
        committed(industry.save)
        assert b"Programs" in client.get(artifact.url).content

    def test_a_merged_tag(self, home: Page, client, committed) -> None:
        artifact = ArtifactFactory(tags=["deploys"])
        assert b"deploys" in warm(client, artifact.url)
        into = Tag.objects.create(name="deployments", slug="deployments")
        source = Tag.objects.get(name="deploys")
        by = person("Administrators")
        committed(lambda: terms.merge(source=source, into=into, by=by))
        assert b'href="/tags/deployments/"' in client.get(artifact.url).content

    def test_a_changed_site(self, artifact, client, committed) -> None:
        warm(client, artifact.url)
        before = freshness.current()
        committed(Site.objects.get().save)
        assert freshness.current() != before

    def test_a_change_that_is_rolled_back_purges_nothing(self, artifact, client) -> None:
        before = freshness.current()
        freshness.bump()  # the transaction of this test never commits
        assert freshness.current() == before

    def test_another_process_drops_its_pages_too(self, artifact, client) -> None:
        warm(client, artifact.url)
        # What the other process does on commit.
        freshness._replace()
        type(artifact).objects.filter(pk=artifact.pk).update(live=False)
        assert client.get(artifact.url).status_code == 404


class TestNotKept:
    def kept(self) -> int:
        return len(page_cache.store)

    def test_pages_of_people_who_are_logged_in(self, artifact, client) -> None:
        client.force_login(person("Editors"))
        answer = client.get(artifact.url)
        assert "Edit" in answer.content.decode()
        assert "ETag" not in answer
        assert self.kept() == 0
        assert "wagtailadmin" not in Client().get(artifact.url).content.decode()

    def test_a_closed_page_that_a_member_reads(self, artifact, client) -> None:
        close(artifact, group("Operations"))
        member = person("Operations")
        client.force_login(member)
        assert client.get(artifact.url).status_code == 200
        assert Client().get(artifact.url).status_code == 404
        assert self.kept() == 0

    def test_pages_with_a_message_for_one_person(self, artifact, client) -> None:
        client.cookies["messages"] = "x"
        client.get(artifact.url)
        assert self.kept() == 0

    @pytest.mark.parametrize(
        "path", ["/no-such-artifact/", "/login/", "/admin/", "/healthz/live", "/healthz/ready"]
    )
    def test_what_is_missing_or_personal(self, home: Page, client, path: str) -> None:
        client.get(path)
        assert self.kept() == 0

    def test_addresses_with_a_query_are_pages_of_their_own(self, artifact, client) -> None:
        artifact.save_revision().publish()
        old = client.get(f"{artifact.url}?version=1.0").content
        assert client.get(artifact.url).content != old

    def test_nothing_is_kept_when_the_stamp_cannot_be_read(
        self, artifact, client, monkeypatch
    ) -> None:
        monkeypatch.setattr(cache, "get", lambda *_args, **_kwargs: None)
        assert client.get(artifact.url).status_code == 200
        assert self.kept() == 0

    def test_other_hosts_have_pages_of_their_own(self, artifact, client) -> None:
        client.get(artifact.url)
        client.get(artifact.url, headers={"host": "localhost"})
        assert self.kept() == 2

    def test_an_old_entry_is_made_anew(self, artifact, client, monkeypatch) -> None:
        client.get(artifact.url)
        monkeypatch.setattr(page_cache.time, "monotonic", lambda: 10.0**9)
        type(artifact).objects.filter(pk=artifact.pk).update(bottom_line="Changed past everything.")
        cache.clear()
        assert b"Changed past everything." in client.get(artifact.url).content


def entry_of(size: int) -> page_cache.Entry:
    return page_cache.Entry("s", 0, b"x" * (size - page_cache.OVERHEAD_BYTES), '"e"', {})


def test_the_page_not_asked_for_longest_gives_way_when_the_store_is_full() -> None:
    store = page_cache.PageStore(limit=10_000)
    for key in ("a", "b"):
        store.put(key, entry_of(4_000))
    assert store.get("a")
    store.put("c", entry_of(4_000))
    assert store.get("b") is None
    assert store.get("a")
    assert store.get("c")


def test_the_store_never_holds_more_than_its_bytes_however_addresses_vary() -> None:
    store = page_cache.PageStore(limit=50_000)
    for number in range(200):
        store.put(f"/search/?q={number % 70}", entry_of(2_000 + number * 37))
        assert store.size <= 50_000
    kept = [store.get(f"/search/?q={number}") for number in range(70)]
    assert sum(len(one.body) + page_cache.OVERHEAD_BYTES for one in kept if one) == store.size


def test_a_page_that_is_too_big_is_not_kept(artifact, client, monkeypatch) -> None:
    monkeypatch.setattr(page_cache, "MAX_BODY_BYTES", 10)
    client.get(artifact.url)
    assert len(page_cache.store) == 0


def test_a_kept_page_has_the_same_policies_as_a_fresh_one(artifact, client) -> None:
    fresh, kept = client.get(artifact.url), client.get(artifact.url)
    unchanged = client.get(artifact.url, headers={"if-none-match": kept["ETag"]})
    assert unchanged.status_code == 304
    assert not unchanged.content
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "Vary"):
        assert fresh[name] == kept[name] == unchanged[name]
    assert fresh["X-Request-ID"] != kept["X-Request-ID"]
