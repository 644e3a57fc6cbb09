"""Version numbers, and the pages of old versions."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.governance.models import Version
from knowledge.governance.services import reviews, versions
from tests.factories import ArtifactFactory, close, person

pytestmark = pytest.mark.django_db


def publish_again(page: Artifact, *, text: str = "", note: str = "", major: bool = False) -> None:
    page.bottom_line = text or page.bottom_line
    page.change_note, page.major_change = note, major
    page.save_revision().publish()
    page.refresh_from_db()


@pytest.mark.parametrize(
    ("current", "major", "number"),
    [("0.0", False, "1.0"), ("1.0", False, "1.1"), ("1.9", False, "1.10"), ("1.4", True, "2.0")],
)
def test_numbers_move_on(current: str, major: bool, number: str) -> None:
    assert versions.next_number(current, major=major) == number


def test_every_publication_gets_the_next_number_and_its_note(home: Page) -> None:
    page = ArtifactFactory()
    publish_again(page, note="Shorter.")
    publish_again(page, note="Other steps.", major=True)

    lines = [(one.number, one.change_note) for one in page.versions.all()]
    assert lines == [("2.0", "Other steps."), ("1.1", "Shorter."), ("1.0", "")]
    assert page.version == "2.0"


def test_a_draft_or_a_scheduled_page_has_no_number_yet(home: Page) -> None:
    page = ArtifactFactory(draft=True)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()

    assert not Version.objects.exists()
    page.refresh_from_db()
    assert page.version == "0.0"


def test_publishing_from_an_old_object_neither_fails_nor_loses_a_review(home: Page) -> None:
    page = ArtifactFactory()
    old = type(page).objects.get(pk=page.pk)
    publish_again(page)
    reviews.confirm(page=page, by=person("Reviewers"), on=timezone.localdate())

    old.bottom_line = "Written in another window."
    old.save_revision().publish()

    row = Artifact.objects.get(pk=page.pk)
    assert row.version == "1.2"
    assert row.last_reviewed == timezone.localdate()


def test_restoring_an_old_version_is_a_new_version_with_the_old_content(home: Page) -> None:
    page = ArtifactFactory(bottom_line="First.")
    publish_again(page, text="Second.")
    first = versions_of(page)[-1]

    first.revision.as_object().save_revision().publish()

    page.refresh_from_db()
    assert (page.version, page.bottom_line) == ("1.2", "First.")


def versions_of(page: Artifact) -> list[Version]:
    return list(page.versions.all())


def test_a_number_that_is_taken_gives_way(home: Page) -> None:
    page = ArtifactFactory()
    revision = page.save_revision()

    version = versions.record(page=page, revision=revision, by=None, number="1.0")

    assert version.number == "1.1"


def test_purging_old_revisions_keeps_published_versions(home: Page) -> None:
    page = ArtifactFactory()
    publish_again(page, text="Second.")
    page.save_revision()
    page.save_revision()

    call_command("purge_revisions", verbosity=0)

    assert [one.number for one in versions_of(page)] == ["1.1", "1.0"]
    assert page.revisions.count() == 3  # two versions and the newest draft


def test_a_page_goes_with_its_versions(home: Page) -> None:
    page = ArtifactFactory()
    publish_again(page)

    page.delete()

    assert not Version.objects.exists()


class TestAddress:
    def test_an_old_version_opens_and_says_so(self, home: Page, client) -> None:
        page = ArtifactFactory(bottom_line="Call the duty manager.")
        publish_again(page, text="Call the incident lead.")

        html = client.get(f"{page.url}?version=1.0").content.decode()

        assert "Call the duty manager." in html
        assert "Call the incident lead." not in html
        assert "version 1.0, which is not the current one" in html
        assert 'name="robots" content="noindex"' in html

    def test_the_check_of_the_current_version_is_not_claimed_for_an_old_one(
        self, home: Page, client
    ) -> None:
        page = ArtifactFactory(verified=True)
        publish_again(page, text="Other steps.")
        assert "trust--verified" in client.get(page.url).content.decode()
        old = client.get(f"{page.url}?version=1.0").content.decode()
        assert "trust--verified" not in old.split('<div class="after"')[0]
        assert "Next check" not in old

    def test_the_page_lists_its_versions_with_links(self, home: Page, client) -> None:
        page = ArtifactFactory()
        publish_again(page, note="Names the lead.")

        html = client.get(page.url).content.decode()

        assert 'href="?version=1.0"' in html
        assert "Names the lead." in html

    def test_the_current_number_is_the_page_itself(self, home: Page, client) -> None:
        page = ArtifactFactory()
        assert "not the current one" not in client.get(f"{page.url}?version=1.0").content.decode()

    @pytest.mark.parametrize("number", ["9.9", "", "x", "1.0'--", "%00", "1" * 5000])
    def test_an_unknown_version_is_not_found(self, home: Page, client, number: str) -> None:
        page = ArtifactFactory()
        assert client.get(f"{page.url}?version={number}").status_code == 404

    def test_versions_of_a_closed_page_do_not_exist(self, home: Page, client) -> None:
        page = ArtifactFactory()
        publish_again(page)
        close(page)
        assert client.get(f"{page.url}?version=1.0").status_code == 404

    def test_a_draft_is_no_version(self, home: Page, client) -> None:
        page = ArtifactFactory()
        page.bottom_line = "Not for readers yet."
        page.save_revision()

        for address in (page.url, f"{page.url}?version=1.0", f"{page.url}?version=1.1"):
            assert "Not for readers yet." not in client.get(address).content.decode()


def test_an_artifact_without_a_version_opens(client, home: Page) -> None:
    page = ArtifactFactory()
    Version.objects.all().delete()
    assert client.get(page.url).status_code == 200
