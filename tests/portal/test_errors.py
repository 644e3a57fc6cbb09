"""What goes wrong is said in the style of the site, and as a problem in the API."""

import logging

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.views import pages
from portal.views import errors
from tests.factories import ArtifactFactory, CategoryFactory, close, person

pytestmark = pytest.mark.django_db
LONG = "a" * 3000


def styled(answer) -> bool:
    html = answer.content.decode()
    return "site-header" in html and "<h1" in html


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page/",
        f"/{LONG}/",
        "/a/b/c/d/e/f/g/h/",
        "/%00/",
        "/operations%00/",
        "/no-such-file.txt",
        "/ünï-cødé/",
        "/media/secret.txt",
        "/media/images/../../manage.py",
        "/media/images/none.png",
        "/documents/999/x.pdf",
        "/kinds/%00/",
    ],
)
def test_what_is_not_there_is_a_404_in_the_style_of_the_site(home: Page, client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert styled(answer)


def test_an_address_without_its_slash_leads_to_the_page(home: Page, client) -> None:
    page = ArtifactFactory()
    answer = client.get(page.url.rstrip("/"))
    assert answer.status_code in (301, 302)
    assert answer.url == page.url


def test_a_closed_page_and_a_missing_one_look_the_same(home: Page, client) -> None:
    section = CategoryFactory()
    page = ArtifactFactory(parent=section, slug="there")
    close(section)
    closed = client.get(page.url)
    missing = client.get(f"{section.url}not-there/")
    assert closed.status_code == missing.status_code == 404
    assert closed.content.replace(b"/there/", b"") == missing.content.replace(b"/not-there/", b"")


def test_an_unknown_host_is_a_bad_request(home: Page, client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400


def test_a_fault_is_a_500_page_that_says_nothing_of_its_cause(
    home: Page, client, monkeypatch, caplog
) -> None:
    def fail(*_args, **_kwargs):
        raise RuntimeError("the secret cause")

    page = ArtifactFactory()
    monkeypatch.setattr(pages, "is_visible", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.CRITICAL):
        answer = client.get(page.url)
    assert answer.status_code == 500
    assert styled(answer)
    assert "secret cause" not in answer.content.decode()
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_a_503_that_says_to_come_back(
    home: Page, client, monkeypatch, fault: type[Exception]
) -> None:
    def away(*_args, **_kwargs):
        raise fault("connection refused at db.internal")

    page = ArtifactFactory()
    monkeypatch.setattr(pages, "is_visible", away)
    client.raise_request_exception = False
    answer = client.get(page.url)
    assert answer.status_code == 503
    assert styled(answer)
    assert answer["Retry-After"]
    assert "db.internal" not in answer.content.decode()


def test_the_api_is_a_503_too_when_the_database_is_away(home: Page, client, monkeypatch) -> None:
    def away(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr("search.querying.service.find", away)
    client.raise_request_exception = False
    answer = client.get("/api/v1/search/?q=restore")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"]


def test_the_page_of_a_fault_asks_nothing_of_the_database(
    home: Page, django_assert_num_queries, rf: RequestFactory
) -> None:
    with django_assert_num_queries(0):
        assert errors.server_error(rf.get("/x/")).status_code == 500


@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.not_found])
def test_other_error_pages_do_without_the_database(home: Page, rf: RequestFactory, view) -> None:
    def away(*_args):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        answer = view(rf.get("/x/"), None)
    assert answer.status_code in (400, 403, 404)
    assert styled(answer)


@pytest.mark.parametrize("path", ["/no-such-page/", "/kinds/%00/"])
def test_what_is_not_there_keeps_the_frame_of_the_person(home: Page, client, path: str) -> None:
    CategoryFactory(title="Operations")
    shown = client.get(path).content.decode()
    assert "Operations" in shown
    assert f'href="/login/?next={path}"' in shown.replace("%2500", "%00")
    client.force_login(person(first_name="Ada", last_name="Byron"))
    shown = client.get(path).content.decode()
    assert "Ada Byron" in shown
    assert "Operations" in shown
    assert "Log in" not in shown


def test_the_api_says_it_as_a_problem(home: Page, client) -> None:
    answer = client.get("/api/v1/no-such-thing/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_page_whose_target_was_deleted_still_opens(home: Page, client) -> None:
    target = ArtifactFactory(title="Soon gone")
    body = [
        {
            "type": "overview",
            "value": {"body": f'<p><a linktype="page" id="{target.pk}">it</a></p>'},
        },
        {"type": "related", "value": {"items": [{"page": target.pk}]}},
        {"type": "paragraph", "value": "<p>Text.</p>"},
        {"type": "image", "value": {"image": 4711, "alt_text": "Gone"}},
    ]
    page = ArtifactFactory(body=body)
    target.delete()
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "Soon gone" not in answer.content.decode()


def test_posting_to_a_page_is_no_fault(home: Page, client) -> None:
    assert client.post(ArtifactFactory().url, {"x": "y"}).status_code in (200, 405)


def test_a_reset_of_an_admin_session_asks_to_log_in(home: Page, client) -> None:
    page = ArtifactFactory()
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "x"})
    assert answer.status_code == 302
    assert answer.url.startswith("/login/?next=")
