"""An editor writes an artifact, publishes it, changes it, and finds the old version again."""

import pytest
from django.urls import reverse

from knowledge.catalog.models import GuidePage
from tests.admin_forms import guide_form

pytestmark = pytest.mark.django_db


def test_from_an_idea_to_the_second_version(library, visitor) -> None:
    editor, reader = visitor("emeka"), visitor()
    add = reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", library["operations"].pk])
    fields = {"title": "Rotate keys", "slug": "rotate-keys"}

    editor.send(add, **guide_form(**fields, body=[], bottom_line=""))
    draft = GuidePage.objects.get(slug="rotate-keys")
    assert not draft.live
    assert "Rotate keys" in editor.open("/admin/").text  # named there with what it lacks

    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    editor.send(edit, **guide_form(**fields, body=[]), **{"action-publish": "1"})
    assert "Still missing: Overview" in editor.answer.content.decode()  # drawn by script
    assert reader.open(draft.url).status == 404

    whole = guide_form(
        **fields, owner_user=library["owner"].pk, bottom_line="Once a quarter.", tags="keys"
    )
    editor.send(edit, **whole, **{"action-publish": "1"})
    assert "Once a quarter." in reader.open(draft.url).text
    assert "Not verified yet" in reader.text

    whole["bottom_line"], whole["change_note"] = "Once a month.", "More often."
    editor.send(edit, **whole, **{"action-publish": "1"})
    assert "Once a month." in reader.open(draft.url).text
    assert "More often." in reader.text

    reader.click("Version 1.0")
    assert "Once a quarter." in reader.text
    assert "not the current one" in reader.text
    assert "rotate-keys" in reader.open("/tags/keys/").answer.content.decode()


def test_names_a_successor_and_readers_are_led_on(library, visitor) -> None:
    editor, reader = visitor("emeka"), visitor()
    from tests.factories import ArtifactFactory

    old = ArtifactFactory(
        parent=library["operations"], title="Old guide", slug="a-guide", owner_user=library["owner"]
    )
    form = guide_form(
        title="Old guide",
        owner_user=library["owner"].pk,
        superseded_by=library["runbook"].pk,
        change_note="It has a successor.",
    )
    edit = reverse("wagtailadmin_pages:edit", args=[old.pk])
    editor.send(edit, **form, **{"action-publish": "1"})

    reader.open(old.url)
    assert "Superseded" in reader.text
    reader.click("Restore the database")
    assert "Old guide" in reader.text
