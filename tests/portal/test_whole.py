"""A page is created and published as a whole, also when the database goes away in between."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page

from knowledge.catalog.models import GuidePage
from tests.admin_forms import guide_form
from tests.factories import CategoryFactory, person

pytestmark = pytest.mark.django_db


def away(*_args: object, **_kwargs: object) -> None:
    raise OperationalError


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_nothing_is_left_of_a_publication_that_was_cut(
    client: Client, home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = person("Editors")
    client.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", CategoryFactory().pk])
    form = {**guide_form(owner_user=editor.pk), "action-publish": "1"}
    with monkeypatch.context() as patched:
        patched.setattr(PublishRevisionAction, "_publish_revision", away)
        answer = client.post(add, form)

    assert answer.status_code == 503
    assert "may not have been saved" in answer.content.decode()
    assert not GuidePage.objects.exists()

    client.post(add, form)
    assert GuidePage.objects.get().version == "1.0"


def test_nothing_is_left_of_a_change_that_was_cut(
    client: Client, home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = person("Editors")
    client.force_login(editor)
    add = reverse("wagtailadmin_pages:add", args=["catalog", "guidepage", CategoryFactory().pk])
    form = {**guide_form(owner_user=editor.pk), "action-publish": "1"}
    client.post(add, form)
    page = GuidePage.objects.get()
    monkeypatch.setattr(PublishRevisionAction, "_publish_revision", away)

    changed = {**form, "bottom_line": "Something else.", "change_note": "New."}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), changed)

    assert answer.status_code == 503
    page.refresh_from_db()
    assert page.revisions.count() == 1
    assert not page.has_unpublished_changes
