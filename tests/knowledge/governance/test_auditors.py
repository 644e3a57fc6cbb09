"""Auditors read everything and change nothing, whatever else they are."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.governance.models import Feedback
from search.insight.models import Wish
from search.saved.models import SavedSearch
from tests.factories import ArtifactFactory, group, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def artifact(home: Page):
    return ArtifactFactory(title="Hand over a shift")


@pytest.fixture
def auditor(client, artifact):
    user = person("Auditors")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "address",
    [
        lambda page: reverse("wagtailadmin_pages:history", args=[page.pk]),
        lambda page: reverse(
            "wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]
        ),
        lambda page: reverse("wagtailadmin_reports:site_history"),
        lambda page: reverse("wagtailadmin_reports:workflow"),
        lambda page: reverse("report_searches"),
        lambda page: reverse("report_questions_alike"),
        lambda page: reverse("governance_feedback_modeladmin_index"),
    ],
)
def test_histories_reports_and_feedback_are_open(client, auditor, artifact, address) -> None:
    assert client.get(address(artifact)).status_code == 200


def test_what_readers_said_can_be_read(client, auditor, artifact) -> None:
    Feedback.objects.create(page=artifact, version="1.0", sort="suggestion", text="A plain word.")
    shown = client.get(reverse("governance_feedback_modeladmin_index"))
    assert "A plain word." in shown.content.decode()


def test_the_edit_form_offers_nothing_to_press(client, auditor, artifact) -> None:
    form = client.get(reverse("wagtailadmin_pages:edit", args=[artifact.pk]))
    page = BeautifulSoup(form.content, "html.parser")
    assert page.select("footer [type=submit]") == []


@pytest.mark.parametrize("other", ["", "Editors", "Administrators"])
def test_nothing_that_is_sent_has_an_effect(client, auditor, artifact, other: str) -> None:
    if other:
        auditor.groups.add(group(other))
    for url, data in (
        (reverse("governance:feedback", args=[artifact.pk]), {"sort": "helpful"}),
        (reverse("search:wish"), {"text": "a runbook"}),
        (reverse("search:saved_new"), {"name": "Mine", "query": "q=a"}),
        (reverse("wagtailadmin_pages:unpublish", args=[artifact.pk]), {}),
        (reverse("artifact_archive", args=[artifact.pk]), {"note": "No."}),
    ):
        answer = client.post(url, data)
        assert answer.status_code == 403
        assert "Auditors change nothing" in answer.content.decode()
    assert Artifact.objects.get(pk=artifact.pk).live
    assert not (Feedback.objects.exists() or Wish.objects.exists() or SavedSearch.objects.exists())


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused_too(client, auditor, artifact, method: str) -> None:
    assert getattr(client, method)(artifact.url).status_code == 403


def test_the_own_account_and_the_way_out_stay_open(client, auditor) -> None:
    assert client.post(reverse("wagtailadmin_account")).status_code == 200
    assert client.post(reverse("logout")).status_code == 302
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_a_superuser_in_the_group_can_still_work(client, artifact) -> None:
    user = person("Auditors", is_superuser=True)
    client.force_login(user)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[artifact.pk]))
    assert not Artifact.objects.get(pk=artifact.pk).live


def test_a_client_of_the_api_is_told_in_its_own_form(client, auditor) -> None:
    answer = client.post("/api/v1/runs/", {}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert "change nothing" in answer.json()["title"]
