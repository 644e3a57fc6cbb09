"""Publishing asks what changed, and suggests an answer."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.models import GuidePage
from tests.admin_forms import guide_form
from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, home: Page):
    user = person("Editors")
    client.force_login(user)
    return user


@pytest.fixture
def guide(editor) -> GuidePage:
    return ArtifactFactory(
        title="A guide", slug="a-guide", owner_user=editor, bottom_line="What it gives."
    )


def post(client, page: GuidePage, **changes: object):
    form = guide_form(owner_user=page.owner_user_id, **changes)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, form | {"action-publish": "1"})


def test_publishing_without_a_note_asks_and_suggests_one(client, guide) -> None:
    answer = post(client, guide, title="Another guide")

    assert [*answer.context["form"].errors] == ["change_note"]
    field = BeautifulSoup(answer.content, "html.parser").select_one("[name=change_note]")
    assert "title changed" in field["value"].lower()
    guide.refresh_from_db()
    assert guide.version == "1.0"


def test_what_was_typed_is_kept_and_the_second_try_publishes(client, guide) -> None:
    answer = post(client, guide, title="Another guide")
    note = answer.context["form"]["change_note"].value()

    post(client, guide, title="Another guide", change_note=note)

    guide.refresh_from_db()
    assert (guide.title, guide.version) == ("Another guide", "1.1")
    assert guide.versions.first().change_note == note


def test_a_note_of_ones_own_is_taken_as_it_is(client, guide) -> None:
    post(client, guide, title="Another guide", change_note="A better name.")

    assert guide.versions.first().change_note == "A better name."


def test_a_first_version_and_an_unchanged_one_are_not_asked(client, editor, guide) -> None:
    draft = ArtifactFactory(draft=True, owner_user=editor, slug="new")
    post(client, draft, slug="new", title="New")
    draft.refresh_from_db()
    assert draft.version == "1.0"


def test_a_draft_is_saved_without_a_note(client, guide) -> None:
    form = guide_form(owner_user=guide.owner_user_id, title="Another guide")
    client.post(reverse("wagtailadmin_pages:edit", args=[guide.pk]), form)

    guide.refresh_from_db()
    assert guide.get_latest_revision_as_object().title == "Another guide"


def test_steps_that_come_suggest_a_whole_number(client, guide) -> None:
    guide.body = [{"type": "steps", "value": {"steps": [{"title": "Stop"}]}}]
    guide.save_revision().publish()

    answer = post(client, guide)

    form = answer.context["form"]
    assert form["major_change"].value() in (True, "on")
    assert "Steps came or went" in form.errors["change_note"][0]
