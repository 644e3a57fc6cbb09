"""The OpenAPI document is valid, without warnings, and shows how to write."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page


@pytest.fixture
def schema(home: Page, client: Client) -> dict[str, Any]:
    return client.get("/api/v1/schema/", HTTP_ACCEPT="application/json").json()


@pytest.mark.django_db
def test_it_is_valid_and_nothing_is_guessed(capsys: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())
    assert "Warning" not in capsys.readouterr().err


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, one)
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
    ]


@pytest.mark.django_db
def test_every_write_takes_a_key_and_shows_an_example(schema: dict[str, Any]) -> None:
    for path, method, one in operations(schema):
        names = [parameter["name"] for parameter in one.get("parameters", [])]
        assert ("Idempotency-Key" in names) == (method != "get"), f"{method} {path}"
        sent = one.get("requestBody", {}).get("content", {}).get("application/json")
        if sent is not None and "/kpis/" not in path:
            assert sent.get("examples"), f"{method} {path} has no example"


@pytest.mark.django_db
def test_errors_have_one_shape(schema: dict[str, Any]) -> None:
    for path, method, one in operations(schema):
        assert "application/problem+json" in one["responses"]["default"]["content"], (path, method)
