"""An operator prepares an installation, looks whether it is well, and loses nothing to a fault."""

import io

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from knowledge.catalog.models import HomePage

pytestmark = pytest.mark.django_db


def run(name: str, *args: str) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out, stderr=out)
    return out.getvalue()


def test_prepares_an_empty_installation_and_may_do_so_again(bare, client) -> None:
    said = run("setup_portal", "--title", "Our playbooks", "--administrator", "ada@example.org")
    password = said.split("password ")[1].split()[0]
    assert client.get("/").status_code == 200
    assert "Our playbooks" in client.get("/").content.decode()

    answer = client.post("/login/", {"username": "ada", "password": password, "next": "/admin/"})
    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200

    again = run("setup_portal", "--administrator", "ada@example.org")
    assert "has an account already" in again
    assert HomePage.objects.count() == 1
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_pages_go_on_without_the_cache(home: Page, client, monkeypatch) -> None:
    monkeypatch.setattr(cache, "get", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(cache, "set", lambda *_args, **_kwargs: None)
    assert client.get("/").status_code == 200
    assert client.get("/healthz/ready").json()["status"] == "degraded"


@pytest.mark.elasticsearch
def test_search_goes_on_without_elasticsearch_and_says_so(library, settings) -> None:
    settings.SEARCH_ELASTICSEARCH_URL = "http://127.0.0.1:1"
    answer = Client().get("/api/v1/search/?q=restore").json()
    assert answer["degraded"] is True
    assert [hit["title"] for hit in answer["results"]] == ["Restore the database"]
    page = Client().get("/search/?q=restore")
    assert page.status_code == 200
    assert Client().get("/healthz/live").status_code == 200


def test_asks_how_search_is_doing(library) -> None:
    assert "engine" in run("search_status").lower()


def test_the_checks_of_the_project_are_clean() -> None:
    assert "no issues" in run("check")
    assert "No changes detected" in run("makemigrations", "--check", "--dry-run")


def test_scheduled_pages_go_live_when_their_time_has_come(home: Page, client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from knowledge.governance.tasks import publish_scheduled
    from tests.factories import ArtifactFactory

    page = ArtifactFactory(draft=True)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision()
    revision.publish()
    publish_scheduled()
    assert client.get(page.url).status_code == 404

    due = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = due.isoformat()
    revision.approved_go_live_at = due
    revision.save()
    publish_scheduled()
    publish_scheduled()

    assert client.get(page.url).status_code == 200
    assert page.versions.count() == 1
