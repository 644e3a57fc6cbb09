"""Owners: given by hand, given to many at once, and never lost when somebody leaves."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import PageLogEntry

from knowledge.catalog.models import Artifact
from knowledge.governance.roles import EDITORS
from knowledge.governance.services import ownership, roles
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    UserFactory,
    group,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def owner_of(page: Artifact) -> str:
    return Artifact.objects.get(pk=page.pk).owned_by


class TestChanging:
    def test_person_to_group_with_a_line_in_the_history(self) -> None:
        editor, before = person("Editors"), UserFactory(first_name="Ada", last_name="")
        page = ArtifactFactory(owner_user=before)
        ownership.change(page=page, by=editor, group=group("Reviewers"))
        assert owner_of(page) == "Reviewers"
        entry = PageLogEntry.objects.get(action="governance.owner")
        assert (entry.user, entry.data["before"], entry.data["after"]) == (
            editor,
            "Ada",
            "Reviewers",
        )

    def test_the_waiting_draft_does_not_bring_the_old_owner_back(self) -> None:
        page, new = ArtifactFactory(), person()
        version = page.version
        page.title = "Changed"
        page.save_revision()
        ownership.change(page=page, by=person(administrator=True), user=new)
        assert Artifact.objects.get(pk=page.pk).version == version
        page.refresh_from_db()
        page.get_latest_revision().publish()
        assert owner_of(page) == new.get_full_name()
        assert Artifact.objects.get(pk=page.pk).title == "Changed"

    def test_who_may_not_publish_may_not(self) -> None:
        page = ArtifactFactory()
        with pytest.raises(PermissionDenied):
            ownership.change(page=page, by=person("Contributors"), user=person())

    @pytest.mark.parametrize("both", [True, False])
    def test_one_and_only_one(self, both: bool) -> None:
        owner = {"user": person(), "group": group("Editors")} if both else {}
        with pytest.raises(ValueError, match="not both"):
            ownership.change(page=ArtifactFactory(), by=person(administrator=True), **owner)


class TestLeaving:
    def test_a_deleted_person_leaves_nothing_unowned(self) -> None:
        owner = person("Editors")
        person("Editors")
        page = ArtifactFactory(owner_user=owner)
        owner.delete()
        assert owner_of(page) == "Editors"
        assert page.missing_parts() == [] or "Owner" not in page.missing_parts()

    def test_a_closed_account_too_and_only_once(self) -> None:
        owner = person("Editors")
        person("Editors")
        page = ArtifactFactory(owner_user=owner)
        owner.is_active = False
        owner.save()
        owner.save()
        assert owner_of(page) == "Editors"
        assert PageLogEntry.objects.filter(action="governance.owner").count() == 1

    def test_the_group_of_the_nearest_section_comes_first(self) -> None:
        growth = CategoryFactory(title="Growth")
        team = group("Growth team")
        roles.grant_section(group=team, section=growth, role=EDITORS)
        person("Growth team")
        person("Editors")
        owner = person("Editors")
        inside = ArtifactFactory(parent=growth, owner_user=owner)
        outside = ArtifactFactory(parent=CategoryFactory(), owner_user=owner)
        owner.delete()
        assert owner_of(inside) == "Growth team"
        assert owner_of(outside) == "Editors"

    def test_a_group_that_is_empty_afterwards_is_no_owner(self) -> None:
        owner = person("Editors")
        person("Reviewers")
        page = ArtifactFactory(owner_user=owner)
        owner.delete()
        assert owner_of(page) == "Reviewers"

    def test_with_nobody_left_the_administrators_answer_for_it(self) -> None:
        owner = person("Editors")
        page = ArtifactFactory(owner_user=owner)
        owner.delete()
        assert owner_of(page) == "Administrators"

    def test_logging_in_and_other_saves_change_nothing(self, client) -> None:
        owner = person("Editors")
        page = ArtifactFactory(owner_user=owner)
        client.force_login(owner)
        owner.first_name = "Other"
        owner.save()
        assert owner_of(page) == owner.get_full_name()


class TestManyAtOnce:
    def url(self, action: str, *pages: Artifact) -> str:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        ids = "&".join(f"id={page.pk}" for page in pages)
        return f"{address}?{ids}&next=/admin/"

    def test_reviews_are_confirmed_with_one_note(self, client) -> None:
        reviewer = person("Reviewers")
        client.force_login(reviewer)
        pages = [ArtifactFactory(), ArtifactFactory(overdue=True)]
        address = self.url("confirm-reviews", *pages)
        assert pages[0].title in client.get(address).content.decode()
        client.post(address, {"note": "Read in the quarterly round"})
        for page in pages:
            page.refresh_from_db()
            assert page.reviewed_by == reviewer
        entries = PageLogEntry.objects.filter(action="governance.confirm_review")
        assert {entry.data["note"] for entry in entries} == {"Read in the quarterly round"}

    def test_one_with_a_draft_is_named_and_the_others_are_done(self, client) -> None:
        client.force_login(person("Reviewers"))
        fine, waiting = ArtifactFactory(title="Fine"), ArtifactFactory(title="Waiting")
        waiting.title = "Changed"
        waiting.save_revision()
        answer = client.post(self.url("confirm-reviews", fine, waiting), {"note": ""}, follow=True)
        assert "Waiting: A draft waits" in answer.content.decode()
        fine.refresh_from_db()
        waiting.refresh_from_db()
        assert (fine.reviewed_by is not None, waiting.reviewed_by) == (True, None)

    def test_owners_are_changed_and_a_wrong_answer_is_refused(self, client) -> None:
        client.force_login(person("Editors"))
        new, pages = person(), [ArtifactFactory(), ArtifactFactory()]
        address = self.url("change-owner", *pages)
        answer = client.post(address, {"user": new.pk, "group": group("Editors").pk})
        assert "Choose a person or a group, not both." in answer.content.decode()
        client.post(address, {"user": new.pk})
        assert {owner_of(page) for page in pages} == {new.get_full_name()}

    @pytest.mark.parametrize("action", ["confirm-reviews", "change-owner"])
    def test_who_may_not_publish_changes_nothing(self, client, action: str) -> None:
        client.force_login(person("Contributors"))
        page = ArtifactFactory()
        before = owner_of(page)
        data = {"user": person().pk, "note": "x"}
        shown = client.get(self.url(action, page)).content.decode()
        assert "Left out" in shown
        client.post(self.url(action, page), data)
        page.refresh_from_db()
        assert (owner_of(page), page.reviewed_by) == (before, None)

    def test_sections_are_left_out(self, client) -> None:
        client.force_login(person("Editors"))
        section = CategoryFactory()
        shown = client.get(self.url("confirm-reviews", section)).content.decode()
        assert "Left out" in shown
