"""From a contributor's draft to the readers, by the services."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, TaskState

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.governance import roles as role
from knowledge.governance.errors import ModerationRefused, ReasonMissing
from knowledge.governance.services import moderation, roles
from tests.factories import ArtifactFactory, CategoryFactory, group, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor(home: Page):
    return person("Contributors")


@pytest.fixture
def reviewer(home: Page):
    return person("Reviewers")


def draft_of(author, **fields):
    return ArtifactFactory(draft=True, owner=author, owner_user=author, **fields)


def test_a_submitted_draft_reaches_every_reviewer_by_mail(contributor, reviewer) -> None:
    page = draft_of(contributor, title="Hand over a shift")

    moderation.submit(page=page, by=contributor)

    (letter,) = mail.outbox
    assert letter.to == [reviewer.email]
    assert "Hand over a shift" in letter.subject
    assert list(TaskState.objects.reviewable_by(reviewer).values_list("status", flat=True)) == [
        TaskState.STATUS_IN_PROGRESS
    ]
    assert not TaskState.objects.reviewable_by(contributor).exists()


def test_approving_publishes_tells_the_author_and_counts_as_a_review(contributor, reviewer) -> None:
    page = draft_of(contributor)
    moderation.submit(page=page, by=contributor)
    mail.outbox.clear()

    page = moderation.approve(page=page, by=reviewer, comment="Clear.")

    assert page.live
    assert page.version == "1.0"
    assert page.reviewed_by == reviewer
    assert page.next_review == page.review_until(page.last_reviewed)
    assert page.trust == "verified"
    (letter,) = mail.outbox
    assert letter.to == [contributor.email]


def test_the_version_names_who_published_it(contributor, reviewer, client) -> None:
    page = draft_of(contributor)
    moderation.submit(page=page, by=contributor)
    from wagtail.log_actions import LogContext

    with LogContext(user=reviewer):
        moderation.approve(page=page, by=reviewer)

    assert page.versions.get().published_by == reviewer


def test_returning_needs_a_reason_and_mails_it(contributor, reviewer) -> None:
    page = draft_of(contributor)
    moderation.submit(page=page, by=contributor)
    mail.outbox.clear()

    with pytest.raises(ReasonMissing):
        moderation.return_to_author(page=page, by=reviewer, reason="  ")
    page = moderation.return_to_author(page=page, by=reviewer, reason="Name the owner of step 2.")

    assert not page.live
    (letter,) = mail.outbox
    assert letter.to == [contributor.email]
    assert "Name the owner of step 2." in letter.body


def test_returned_work_goes_back_to_the_reviewers(contributor, reviewer) -> None:
    page = draft_of(contributor)
    moderation.submit(page=page, by=contributor)
    moderation.return_to_author(page=page, by=reviewer, reason="Shorter, please.")
    page.bottom_line = "Shorter."
    page.save_revision(user=contributor)

    moderation.submit(page=page, by=contributor)
    page = moderation.approve(page=page, by=reviewer)

    assert page.live
    assert page.specific.bottom_line == "Shorter."


def test_what_lacks_parts_is_neither_submitted_nor_approved(contributor, reviewer) -> None:
    page = draft_of(contributor, body=[])
    with pytest.raises(IncompleteArtifact) as refusal:
        moderation.submit(page=page, by=contributor)
    assert "Overview" in refusal.value.missing

    complete = draft_of(contributor)
    moderation.submit(page=complete, by=contributor)
    complete.body = []
    complete.save_revision(user=reviewer)
    with pytest.raises(ModerationRefused, match="Overview"):
        moderation.approve(page=complete, by=reviewer)


def test_nobody_decides_without_being_the_reviewer(contributor) -> None:
    page = draft_of(contributor)
    moderation.submit(page=page, by=contributor)

    for name in ("Viewers", "Contributors", "Editors"):
        with pytest.raises(ModerationRefused):
            moderation.approve(page=page, by=person(name))
    with pytest.raises(ModerationRefused):
        moderation.approve(page=page, by=contributor)


def test_nothing_is_submitted_by_a_stranger_or_twice(contributor) -> None:
    page = draft_of(contributor)
    with pytest.raises(PermissionDenied):
        moderation.submit(page=page, by=person("Contributors"))

    moderation.submit(page=page, by=contributor)
    with pytest.raises(ModerationRefused):
        moderation.submit(page=page, by=contributor)


def test_a_reviewer_whose_rights_were_taken_sees_nothing_to_decide(contributor, reviewer) -> None:
    page = draft_of(contributor)
    moderation.submit(page=page, by=contributor)
    group("Reviewers").page_permissions.all().delete()
    reviewer = type(reviewer).objects.get(pk=reviewer.pk)

    assert not TaskState.objects.reviewable_by(reviewer).exists()
    with pytest.raises(ModerationRefused):
        moderation.approve(page=page, by=reviewer)


def test_a_section_with_its_own_reviewers_writes_to_them_only(home: Page, contributor) -> None:
    section = CategoryFactory(parent=home)
    roles.grant_section(group=group("Ops reviewers"), section=section, role=role.REVIEWERS)
    general, own = person("Reviewers"), person("Ops reviewers")
    page = draft_of(contributor, parent=section)

    moderation.submit(page=page, by=contributor)

    assert [letter.to for letter in mail.outbox] == [[own.email]]
    assert not TaskState.objects.reviewable_by(general).exists()
    assert moderation.approve(page=page, by=own).live
