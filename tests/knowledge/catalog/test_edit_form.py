"""The edit form: drafts may be incomplete; to publish, each missing thing is named at its field."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.models import ChecklistPage, GuidePage, SopPage
from tests.admin_forms import guide_form
from tests.factories import ArtifactFactory, CategoryFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, home: Page):
    user = person("Editors")
    client.force_login(user)
    return user


@pytest.fixture
def category(home: Page):
    return CategoryFactory()


def add_url(category: Page, model: str = "guidepage") -> str:
    return reverse("wagtailadmin_pages:add", args=["catalog", model, category.pk])


def words(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ")


def told_to_scripts(answer) -> str:
    """What the script that draws the body is given."""
    soup = BeautifulSoup(answer.content, "html.parser")
    return " ".join(
        tag["data-w-block-arguments-value"] for tag in soup.select("[data-w-block-arguments-value]")
    )


def test_the_form_says_what_the_kind_needs(client, editor, category) -> None:
    text = words(client.get(add_url(category)))
    assert "Needed before it can be published: Overview, Steps, text or related artifacts." in text


def test_a_draft_may_lack_everything_but_its_title(client, editor, category) -> None:
    client.post(add_url(category), guide_form(bottom_line="", body=[]))
    page = GuidePage.objects.get()
    assert not page.live
    assert "Overview" in page.get_latest_revision_as_object().missing_parts()


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_to_go_on_each_missing_thing_is_named(client, editor, category, action: str) -> None:
    answer = client.post(add_url(category), guide_form(bottom_line="", body=[]) | {action: "1"})
    assert not GuidePage.objects.exists()
    said = {name: [*messages] for name, messages in answer.context["form"].errors.items()}
    assert said == {
        "bottom_line": ["This field is required."],
        "body": ["Still missing: Overview, Steps, text or related artifacts."],
        "owner_user": ["Name the person or the group that answers for it."],
    }
    shown = words(answer) + told_to_scripts(answer)
    assert all(message in shown for (message,) in said.values())


def test_a_complete_one_is_published_with_its_number(client, editor, category) -> None:
    client.post(add_url(category), guide_form(owner_user=editor.pk) | {"action-publish": "1"})
    page = GuidePage.objects.get()
    assert (page.live, page.version) == (True, "1.0")
    assert page.versions.get().published_by == editor


def test_a_bottom_line_is_at_most_300_characters(client, editor, category) -> None:
    form = guide_form(owner_user=editor.pk, bottom_line="x" * 301) | {"action-publish": "1"}
    assert "at most 300 characters" in words(client.post(add_url(category), form))


def test_a_person_and_a_group_cannot_both_own_it(client, editor, category) -> None:
    form = guide_form(owner_user=editor.pk, owner_group=editor.groups.get().pk)
    text = words(client.post(add_url(category), form | {"action-publish": "1"}))
    assert "not both" in text


def test_a_procedure_needs_its_checklist(client, editor, category) -> None:
    form = guide_form(owner_user=editor.pk, linked_checklist="")
    answer = client.post(add_url(category, "soppage"), form | {"action-publish": "1"})
    soup = BeautifulSoup(answer.content, "html.parser")
    field = soup.find(id=lambda value: value and "linked_checklist" in value and "errors" in value)
    assert "This is needed." in field.get_text()
    assert not SopPage.objects.exists()
    assert ChecklistPage.objects.count() == 0


def test_the_note_of_the_last_version_is_not_offered_for_the_next(client, editor, category) -> None:
    page = ArtifactFactory(
        parent=category, change_note="About the last one.", major_change=True, owner_user=editor
    )
    soup = BeautifulSoup(
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser"
    )
    assert "About the last one." not in soup.find(id="id_change_note").get("value", "")
    assert not soup.find(id="id_major_change").has_attr("checked")


def test_markup_typed_past_the_editor_does_not_reach_readers(client, editor, category) -> None:
    attack = "<p>Hello<script>alert(1)</script><svg onerror='alert(2)'></svg></p>"
    form = guide_form(
        owner_user=editor.pk,
        title="<b>Bold</b>",
        bottom_line="<script>alert(3)</script>",
        body=[("overview", attack), ("paragraph", attack)],
    )
    client.post(add_url(category), form | {"action-publish": "1"})
    page = GuidePage.objects.get()
    html = client.get(page.url).content.decode()
    soup = BeautifulSoup(html, "html.parser")
    assert not [tag for tag in soup("script") if not tag.get("src")]
    assert not soup.select("[onerror]")
    assert soup.h1.text == "<b>Bold</b>"


def test_every_kind_opens_in_the_editor(client, editor, category) -> None:
    from knowledge.catalog.models import Artifact

    for model in Artifact.__subclasses__():
        if model.can_create_at(category):
            assert client.get(add_url(category, model._meta.model_name)).status_code == 200


def test_the_bottom_line_is_one_line(client, editor, category) -> None:
    form = guide_form(owner_user=editor.pk, bottom_line="First part,\r\n  second part.")
    client.post(add_url(category), form | {"action-publish": "1"})
    assert GuidePage.objects.get().bottom_line == "First part, second part."


def test_owners_are_offered_by_their_names_and_those_who_left_are_not(
    client, editor, category
) -> None:
    person("Editors", first_name="Emeka", last_name="Okafor")
    person("Editors", first_name="Gone", last_name="Away", is_active=False)
    soup = BeautifulSoup(client.get(add_url(category)).content, "html.parser")
    offered = [option.text for option in soup.select("#id_owner_user option")]
    assert "Emeka Okafor" in offered
    assert "Gone Away" not in offered
