"""Who gets through which door of the admin: a contributor publishes through none of them."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from knowledge.catalog.models import Artifact, GuidePage
from knowledge.governance import roles as role
from knowledge.governance.models import Feedback
from knowledge.governance.services import moderation, roles
from tests.admin_forms import guide_form
from tests.factories import ArtifactFactory, CategoryFactory, group, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(home: Page):
    return CategoryFactory(parent=home)


@pytest.fixture
def contributor(client, home: Page):
    user = person("Contributors")
    client.force_login(user)
    return user


@pytest.fixture
def own_draft(contributor, category):
    return ArtifactFactory(
        draft=True, parent=category, owner=contributor, owner_user=contributor, slug="a-guide"
    )


def said(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.get_text(" ").split())


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class TestContributor:
    def test_makes_a_draft_and_submits_it(self, client, contributor, category) -> None:
        url = reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", category.pk])
        form = guide_form(owner_user=contributor.pk) | {"action-submit": "1"}

        client.post(url, form)

        page = GuidePage.objects.get()
        assert not page.live
        assert page.workflow_in_progress

    def test_publishing_on_creation_leaves_a_draft(self, client, contributor, category) -> None:
        url = reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", category.pk])
        client.post(url, guide_form(owner_user=contributor.pk) | {"action-publish": "1"})
        assert not GuidePage.objects.get().live

    def test_publishing_from_the_edit_form_saves_a_draft(
        self, client, contributor, own_draft
    ) -> None:
        form = guide_form(owner_user=contributor.pk, title="New") | {"action-publish": "1"}
        client.post(edit(own_draft), form)
        own_draft.refresh_from_db()
        assert not own_draft.live
        assert own_draft.get_latest_revision_as_object().title == "New"

    def test_a_date_for_going_live_is_not_taken(self, client, contributor, own_draft) -> None:
        form = guide_form(owner_user=contributor.pk, go_live_at="2020-01-01 00:00")
        client.post(edit(own_draft), form | {"action-publish": "1"})
        call_command("publish_scheduled")
        own_draft.refresh_from_db()
        assert not own_draft.live

    def test_does_not_decide_about_an_own_draft(self, client, contributor, own_draft) -> None:
        moderation.submit(page=own_draft, by=contributor)
        task_state = own_draft.current_workflow_task_state
        action = reverse(
            "wagtailadmin_pages:workflow_action", args=[own_draft.pk, "approve", task_state.pk]
        )
        client.post(action)
        client.post(
            edit(own_draft),
            guide_form(owner_user=contributor.pk)
            | {"action-workflow-action": "1", "workflow-action-name": "approve"},
        )
        own_draft.refresh_from_db()
        assert not own_draft.live

    def test_bulk_publishing_skips_the_page(self, client, contributor, own_draft) -> None:
        client.post(_bulk("publish", own_draft), {"include_descendants": ""})
        own_draft.refresh_from_db()
        assert not own_draft.live

    def test_copying_does_not_publish(self, client, contributor, own_draft, category) -> None:
        live = ArtifactFactory(parent=category, owner=contributor)
        url = reverse("wagtailadmin_pages:copy", args=[live.pk])
        data = {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": category.pk,
            "publish_copies": "on",
        }
        client.post(url, data)
        copy = Artifact.objects.filter(slug="copy").first()
        assert copy is None or not copy.live

    @pytest.mark.parametrize("door", ["unpublish", "delete", "move", "set_privacy"])
    def test_live_pages_are_out_of_reach(self, client, contributor, category, door: str) -> None:
        live = ArtifactFactory(parent=category, owner=contributor)
        path = {
            "unpublish": reverse("wagtailadmin_pages:unpublish", args=[live.pk]),
            "delete": reverse("wagtailadmin_pages:delete", args=[live.pk]),
            "move": reverse("wagtailadmin_pages:move", args=[live.pk]),
            "set_privacy": reverse("wagtailadmin_pages:set_privacy", args=[live.pk]),
        }[door]
        answer = client.post(path, {"restriction_type": "login"})
        assert answer.status_code == 302
        live.refresh_from_db()
        assert live.live
        assert not PageViewRestriction.objects.exists()

    def test_work_of_others_is_closed(self, client, contributor, category) -> None:
        other = ArtifactFactory(parent=category, draft=True)
        answer = client.get(edit(other), follow=True)
        assert "do not have permission" in said(answer)

    def test_people_groups_and_vocabularies_are_closed(self, client, contributor) -> None:
        for name in ("wagtailusers_users:index", "wagtailusers_groups:index"):
            assert client.get(reverse(name)).status_code == 302
        assert client.get("/admin/snippets/catalog/industry/").status_code == 302


def _bulk(action: str, *pages: Page) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        + f"?{ids}&next=/admin/"
    )


class TestReviewer:
    @pytest.fixture
    def waiting(self, home: Page, category):
        author = person("Contributors", username="conny")
        page = ArtifactFactory(
            parent=category, owner=author, owner_user=author, slug="a-guide", title="Waiting one"
        )
        page.bottom_line = "The new line."
        page.save_revision(user=author)
        moderation.submit(page=page, by=author)
        return page

    @pytest.fixture
    def reviewer(self, client, home: Page):
        user = person("Reviewers")
        client.force_login(user)
        return user

    def action(self, page: Page, name: str) -> str:
        state = page.current_workflow_task_state
        return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])

    def test_sees_what_waits_on_the_dashboard(self, client, reviewer, waiting) -> None:
        assert "Waiting one" in said(client.get("/admin/"))

    def test_compares_the_live_version_with_the_draft(self, client, reviewer, waiting) -> None:
        url = reverse("wagtailadmin_pages:revisions_compare", args=[waiting.pk, "live", "latest"])
        text = said(client.get(url))
        assert "new line" in text
        assert "What it gives" in text

    def test_approves_from_the_dashboard(self, client, reviewer, waiting) -> None:
        client.post(self.action(waiting, "approve"))
        waiting.refresh_from_db()
        assert waiting.bottom_line == "The new line."
        assert waiting.reviewed_by == reviewer
        assert waiting.versions.first().published_by == reviewer

    def test_the_dialogue_asks_for_the_reason_at_its_field(self, client, reviewer, waiting) -> None:
        ajax = {"X-Requested-With": "XMLHttpRequest"}
        shown = client.get(self.action(waiting, "reject"), headers=ajax).json()
        assert "What has to change?" in shown["html"]

        again = client.post(self.action(waiting, "reject"), {"comment": " "}, headers=ajax).json()
        assert "Say what has to change before you return it." in again["html"]
        assert waiting.current_workflow_task_state is not None

        client.post(self.action(waiting, "reject"), {"comment": "Shorter."}, headers=ajax)
        waiting.refresh_from_db()
        assert waiting.current_workflow_state.status == "needs_changes"

    @pytest.mark.parametrize("extra", ["", "{}", "[]", "not json", '{"comment": "  "}'])
    def test_a_forged_return_without_a_reason_is_refused_in_words(
        self, client, reviewer, waiting, extra: str
    ) -> None:
        form = guide_form(owner_user=waiting.owner_user_id) | {
            "action-workflow-action": "1",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": extra,
        }
        answer = client.post(edit(waiting), form, follow=True)
        assert "Say what has to change before you return it." in said(answer)
        assert waiting.current_workflow_state.status == "in_progress"

    def test_what_a_request_brings_beside_the_comment_is_not_used(
        self, client, reviewer, waiting
    ) -> None:
        form = guide_form(owner_user=waiting.owner_user_id) | {
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps({"comment": "Good.", "update": False}),
        }
        client.post(edit(waiting), form)
        waiting.refresh_from_db()
        assert waiting.workflow_in_progress is False
        assert not waiting.has_unpublished_changes

    def test_bulk_publishing_names_what_is_missing_and_publishes_nothing(
        self, client, reviewer, category
    ) -> None:
        good = ArtifactFactory(parent=category, draft=True)
        bad = ArtifactFactory(parent=category, draft=True, body=[], title="Half done")

        answer = client.post(_bulk("publish", good, bad), {"include_descendants": ""}, follow=True)

        assert "“Half done” is not complete. Still missing: Overview" in said(answer)
        assert not Artifact.objects.filter(live=True).exists()

    def test_bulk_publishing_a_section_looks_below_it(self, client, reviewer, category) -> None:
        bad = ArtifactFactory(parent=category, draft=True, body=[], title="Half done")
        client.post(_bulk("publish", category), {"include_descendants": "on"})
        bad.refresh_from_db()
        assert not bad.live

    def test_confirms_and_archives_with_one_click_each(self, client, reviewer, category) -> None:
        page = ArtifactFactory(parent=category, overdue=True)
        html = client.get(edit(page)).content.decode()
        for name in ("artifact_confirm", "artifact_archive"):
            assert reverse(name, args=[page.pk]) in html
            assert client.get(reverse(name, args=[page.pk])).status_code == 200

        client.post(reverse("artifact_confirm", args=[page.pk]), {"note": "Still true."})
        assert Artifact.objects.get(pk=page.pk).trust == "verified"
        client.post(reverse("artifact_archive", args=[page.pk]), {"note": "Gone."})
        assert Artifact.objects.get(pk=page.pk).trust == "archived"
        client.post(reverse("artifact_archive", args=[page.pk]))
        assert Artifact.objects.get(pk=page.pk).trust == "verified"

    def test_the_note_of_each_stands_in_the_history(self, client, reviewer, category) -> None:
        page = ArtifactFactory(parent=category, overdue=True)
        client.post(reverse("artifact_archive", args=[page.pk]), {"note": "Nobody asks."})
        client.post(reverse("artifact_archive", args=[page.pk]), {"note": "They do again."})
        history = said(client.get(reverse("wagtailadmin_pages:history", args=[page.pk])))
        assert "Nobody asks." in history
        assert "They do again." in history

    @pytest.mark.parametrize("name", ["artifact_confirm", "artifact_archive"])
    def test_a_note_that_is_too_long_is_told_and_kept(
        self, client, reviewer, category, name
    ) -> None:
        page = ArtifactFactory(parent=category, overdue=True)
        long = "A reason. " * 51
        answer = client.post(reverse(name, args=[page.pk]), {"note": long})
        assert "at most 500 characters" in said(answer)
        assert long.strip() in said(answer)
        assert Artifact.objects.get(pk=page.pk).trust == "due"

    def test_a_draft_that_waits_is_named_when_confirming_and_the_note_kept(
        self, client, reviewer, category
    ) -> None:
        page = ArtifactFactory(parent=category, overdue=True)
        page.save_revision()
        address = reverse("artifact_confirm", args=[page.pk])
        answer = client.post(address, {"note": "Read it twice."}, follow=True)
        assert "A draft waits." in said(answer)
        assert "Read it twice." in said(answer)


class TestViewer:
    def test_does_not_enter_the_admin(self, client, home: Page) -> None:
        client.force_login(person("Viewers"))
        for path in ("/admin/", "/admin/pages/", "/admin/reports/site-history/"):
            answer = client.get(path)
            assert answer.status_code == 302
            assert answer.url.startswith("/login/")

    def test_confirming_needs_the_right(self, client, contributor, category) -> None:
        page = ArtifactFactory(parent=category, overdue=True)
        client.post(reverse("artifact_confirm", args=[page.pk]))
        assert Artifact.objects.get(pk=page.pk).trust == "due"


class TestFeedbackList:
    def test_shows_only_what_is_said_of_pages_that_the_person_looks_after(
        self, client, home: Page
    ) -> None:
        mine, other = CategoryFactory(parent=home), CategoryFactory(parent=home)
        roles.grant_section(group=group("Ops reviewers"), section=mine, role=role.REVIEWERS)
        ours = Feedback.objects.create(
            page=ArtifactFactory(parent=mine), version="1.0", sort="suggestion", text="Ours"
        )
        theirs = Feedback.objects.create(
            page=ArtifactFactory(parent=other), version="1.0", sort="suggestion", text="Theirs"
        )
        client.force_login(person("Ops reviewers"))

        text = said(client.get("/admin/governance/feedback/"))
        assert "Ours" in text
        assert "Theirs" not in text
        assert client.get(f"/admin/governance/feedback/edit/{ours.pk}/").status_code == 200
        for door in ("edit", "inspect"):
            answer = client.get(f"/admin/governance/feedback/{door}/{theirs.pk}/")
            assert answer.status_code in (302, 403)

        client.post(f"/admin/governance/feedback/edit/{ours.pk}/", {"state": "done"})
        ours.refresh_from_db()
        assert ours.state == "done"

    def test_nobody_adds_or_deletes(self, client, home: Page) -> None:
        client.force_login(person("Administrators"))
        assert client.get("/admin/governance/feedback/create/").status_code in (302, 403, 404)
