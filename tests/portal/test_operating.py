"""For operators: health, the id of a request, logging in, and the lock after wrong passwords."""

import logging

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from wagtail.models import Page

from portal.middleware.request_id import RequestIdFilter
from portal.views import health
from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-test-password"


class TestHealth:
    def test_live_asks_nothing_of_any_service(self, client, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            answer = client.get("/healthz/live")
        assert answer.json() == {"status": "ok"}
        assert "no-store" in answer["Cache-Control"]

    def test_ready_names_each_service(self, client) -> None:
        answer = client.get("/healthz/ready")
        assert answer.status_code == 200
        assert answer.json()["checks"].keys() == {"database", "cache", "search"}
        assert answer.json()["checks"]["database"] == "ok"

    def test_without_cache_or_search_pages_are_served_all_the_same(
        self, client, monkeypatch
    ) -> None:
        monkeypatch.setattr(cache, "get", lambda *_args, **_kwargs: None)
        monkeypatch.setattr(health, "search_status", lambda: "down")
        answer = client.get("/healthz/ready")
        assert answer.status_code == 200
        assert answer.json() == {
            "status": "degraded",
            "checks": {"database": "ok", "cache": "unavailable", "search": "down"},
        }

    def test_without_the_database_nothing_can_be_served(self, client, monkeypatch) -> None:
        class Away:
            def cursor(self):
                raise DatabaseError

        def not_asked() -> str:
            raise AssertionError("search waits for the database once more")

        monkeypatch.setattr(health, "connection", Away())
        monkeypatch.setattr(health, "search_status", not_asked)
        answer = client.get("/healthz/ready")
        assert answer.status_code == 503
        assert answer.json()["status"] == "unavailable"
        assert answer.json()["checks"]["search"] == "unknown"


class TestRequestId:
    def test_each_answer_has_an_id_of_its_own(self, home: Page, client) -> None:
        one, other = client.get("/"), client.get("/")
        assert one["X-Request-ID"] != other["X-Request-ID"]

    def test_the_id_of_the_proxy_is_kept(self, home: Page, client) -> None:
        given = "0123456789abcdef-proxy"
        assert client.get("/", headers={"X-Request-ID": given})["X-Request-ID"] == given

    @pytest.mark.parametrize("given", ["short", "x" * 65, "with space 12345", "new\nline-1234567"])
    def test_what_is_no_id_is_replaced(self, home: Page, client, given: str) -> None:
        answer = client.get("/healthz/live", headers={"X-Request-ID": given})
        assert answer["X-Request-ID"] != given

    def test_log_lines_bear_the_id(self, home: Page, client) -> None:
        record = logging.LogRecord("x", logging.INFO, __file__, 1, "message", None, None)
        assert RequestIdFilter().filter(record)
        assert record.request_id == "-"


class TestLogin:
    def login(self, client, password: str = PASSWORD, **extra):
        return client.post("/login/", {"username": "edna", "password": password, **extra})

    @pytest.fixture
    def edna(self, home: Page):
        return person("Editors", username="edna")

    def test_a_person_logs_in_and_out(self, edna, client) -> None:
        answer = self.login(client, next="/admin/")
        assert (answer.status_code, answer.url) == (302, "/admin/")
        assert client.get("/admin/").status_code == 200

        assert client.get("/logout/").status_code == 405
        assert client.post("/logout/").url == "/"
        assert client.get("/admin/").status_code == 302

    def test_a_wrong_password_is_said_and_no_name_is_given_away(self, edna, client) -> None:
        known = self.login(client, password="wrong")
        unknown = client.post("/login/", {"username": "nobody", "password": "wrong"})
        assert known.status_code == unknown.status_code == 200
        text = "Please enter a correct username and password"
        assert text in known.content.decode()
        assert text in unknown.content.decode()

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
    def test_nobody_is_led_to_another_site(self, edna, client, target: str) -> None:
        assert self.login(client, next=target).url == "/"

    def test_the_form_of_wagtail_leads_to_ours(self, edna, client) -> None:
        answer = client.get("/admin/login/?next=/admin/pages/")
        assert answer.url == "/login/?next=/admin/pages/"

    def test_five_wrong_passwords_lock_the_name_for_this_address(self, edna, client) -> None:
        for _ in range(5):
            self.login(client, password="wrong")
        answer = self.login(client)
        assert answer.status_code == 429
        assert "site-header" in answer.content.decode()
        client.logout()
        other = client.post(
            "/login/", {"username": "edna", "password": PASSWORD}, REMOTE_ADDR="192.0.2.9"
        )
        assert other.status_code == 302

    def test_the_lock_asks_for_the_address_that_our_proxy_saw(self, edna, client, settings) -> None:
        settings.PORTAL_TRUSTED_PROXIES = 1
        for _ in range(5):
            client.post(
                "/login/",
                {"username": "edna", "password": "wrong"},
                headers={"X-Forwarded-For": "192.0.2.1"},
            )
        answer = client.post(
            "/login/",
            {"username": "edna", "password": PASSWORD},
            headers={"X-Forwarded-For": "192.0.2.2"},
        )
        assert answer.status_code == 302

    def test_a_reader_comes_back_to_the_page(self, edna, client) -> None:
        page = ArtifactFactory()
        assert self.login(client, next=page.url).url == page.url
