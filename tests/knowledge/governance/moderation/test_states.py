"""Confirming, archiving, superseding: the services that move the state of an artifact."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.kinds import DecisionStatus
from knowledge.catalog.models import Artifact, DecisionRecordPage
from knowledge.governance.errors import ReviewRefused
from knowledge.governance.services import lifecycle, reviews
from tests.factories import ArtifactFactory, CategoryFactory, close, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(home: Page):
    return person("Reviewers", first_name="Rita", last_name="Reed")


def test_confirming_moves_the_next_review_by_the_interval(reviewer) -> None:
    page = ArtifactFactory(overdue=True, review_interval_days=30)
    today = timezone.localdate()
    assert page.trust == "due"

    reviews.confirm(page=page, by=reviewer, on=today, note="Read it all.")

    row = Artifact.objects.get(pk=page.pk)
    assert (row.last_reviewed, row.next_review) == (today, today + timedelta(days=30))
    assert row.trust == "verified"
    entry = PageLogEntry.objects.get(action="governance.confirm_review")
    assert entry.user == reviewer
    assert entry.data["note"] == "Read it all."


def test_confirming_is_refused_to_others_and_for_what_is_not_settled(reviewer) -> None:
    today = timezone.localdate()
    page = ArtifactFactory()
    for name in ("Viewers", "Contributors"):
        with pytest.raises(PermissionDenied):
            reviews.confirm(page=page, by=person(name), on=today)
    with pytest.raises(ReviewRefused):
        reviews.confirm(page=ArtifactFactory(draft=True), by=reviewer, on=today)
    page.save_revision()
    page.refresh_from_db()
    with pytest.raises(ReviewRefused):
        reviews.confirm(page=page, by=reviewer, on=today)


def test_a_reader_sees_the_confirmation_at_once(
    reviewer, client, django_capture_on_commit_callbacks
) -> None:
    page = ArtifactFactory(overdue=True)
    assert "Due for review" in client.get(page.url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        reviews.confirm(page=page, by=reviewer, on=timezone.localdate())

    html = client.get(page.url).content.decode()
    assert "Due for review" not in html
    assert "Rita Reed" in html


def test_archiving_marks_the_page_and_restoring_takes_the_mark_away(reviewer, client) -> None:
    page = ArtifactFactory(verified=True)

    lifecycle.archive(page=page, by=reviewer, at=timezone.now(), reason="Nobody does this now.")
    assert Artifact.objects.get(pk=page.pk).trust == "archived"
    assert "kept for the record" in client.get(page.url).content.decode()

    lifecycle.restore(page=page, by=reviewer)
    assert Artifact.objects.get(pk=page.pk).trust == "verified"
    with pytest.raises(PermissionDenied):
        lifecycle.archive(page=page, by=person("Contributors"), at=timezone.now())


def test_publishing_a_draft_does_not_bring_a_page_out_of_the_archive(reviewer) -> None:
    page = ArtifactFactory()
    revision = page.save_revision()
    lifecycle.archive(page=page, by=reviewer, at=timezone.now())

    revision.publish()

    assert Artifact.objects.get(pk=page.pk).archived_at is not None


def test_superseding_leads_readers_both_ways(reviewer, client) -> None:
    old, new = ArtifactFactory(title="Old way"), ArtifactFactory(title="New way")

    lifecycle.supersede(page=old, by=reviewer, successor=new)

    html = client.get(old.url).content.decode()
    assert f'href="{new.url}"' in html
    assert "Superseded" in html
    assert "Old way" in client.get(new.url).content.decode()
    assert old.versions.first().change_note == "Another artifact takes the place of this one."


def test_a_successor_that_is_closed_is_not_named(reviewer, client) -> None:
    hidden = ArtifactFactory(title="Secret successor", parent=CategoryFactory())
    old = ArtifactFactory()
    lifecycle.supersede(page=old, by=reviewer, successor=hidden)
    close(hidden)

    assert "Secret successor" not in client.get(old.url).content.decode()


def test_superseding_does_not_go_in_circles_or_over_a_draft(reviewer) -> None:
    first, second = ArtifactFactory(), ArtifactFactory()
    lifecycle.supersede(page=first, by=reviewer, successor=second)
    first.refresh_from_db()

    with pytest.raises(KnowledgeError, match="leads back"):
        lifecycle.supersede(page=second, by=reviewer, successor=first)
    with pytest.raises(KnowledgeError, match="leads back"):
        lifecycle.supersede(page=second, by=reviewer, successor=second)

    third = ArtifactFactory()
    third.save_revision()
    third.refresh_from_db()
    with pytest.raises(KnowledgeError, match="draft waits"):
        lifecycle.supersede(page=third, by=reviewer, successor=second)


def test_superseding_works_from_the_plain_artifact_and_sets_the_status_of_a_record(
    reviewer,
) -> None:
    record = ArtifactFactory.of(DecisionRecordPage)
    later = ArtifactFactory.of(DecisionRecordPage)

    lifecycle.supersede(
        page=Artifact.objects.get(pk=record.pk),
        by=reviewer,
        successor=Artifact.objects.get(pk=later.pk),
    )

    row = DecisionRecordPage.objects.get(pk=record.pk)
    assert row.status == DecisionStatus.SUPERSEDED
    assert len(row.body) == len(record.body)
    assert row.superseded_by_id == later.pk


def test_a_copy_starts_as_a_new_artifact(reviewer) -> None:
    page = ArtifactFactory(verified=True)
    page.save_revision().publish()

    copy = page.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=False)

    copy.refresh_from_db()
    assert (copy.version, copy.last_reviewed, copy.next_review) == ("0.0", None, None)
    assert copy.trust == "unverified"
