"""Values come in by API and by file: once, checked, and only from who may."""

import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient
from wagtail.models import APIToken, Page

from knowledge.governance.kpis.models import Kpi, Reading
from tests.factories import person

pytestmark = pytest.mark.django_db
ROW = {"kpi": "size", "source": "git", "at": "2026-11-20T10:00:00Z", "value": "120.5"}


@pytest.fixture
def size(home: Page) -> Kpi:
    return Kpi.objects.create(name="Size", slug="size", unit="lines", comparison="lt", target=200)


@pytest.fixture
def machine(size: Kpi) -> APIClient:
    _token, secret = APIToken.create_token(user=person("Administrators"), name="pipeline")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def send(client: APIClient, *rows: Any) -> Any:
    return client.post(reverse("kpis:api_feed"), {"readings": list(rows)}, format="json")


def test_a_value_is_kept_once_and_corrected_by_the_same_instant(machine: APIClient) -> None:
    assert send(machine, ROW).data == {"added": 1, "corrected": 0, "unchanged": 0}
    again = {**ROW, "at": "2026-11-20T11:00:00+01:00"}
    assert send(machine, again).data == {"added": 0, "corrected": 0, "unchanged": 1}
    other = {**ROW, "value": 90}
    assert send(machine, other).data == {"added": 0, "corrected": 1, "unchanged": 0}
    assert [row.value for row in Reading.objects.all()] == [90]


def test_a_bad_value_is_told_at_its_field_and_nothing_is_kept(machine: APIClient) -> None:
    bad = [
        {**ROW, "kpi": "unknown"},
        {**ROW, "at": "yesterday"},
        {**ROW, "value": "NaN"},
        {**ROW, "value": "1e30"},
        {**ROW, "source": ""},
        {**ROW, "source": "portal"},
        {**ROW, "kpi": 3},
        "nonsense",
    ]
    response = send(machine, ROW, *bad)
    assert response.status_code == 400
    errors = response.json()["errors"]["readings"]
    fields = {place: set(wrong) for place, wrong in errors.items()}
    assert fields == {
        **{"1": {"kpi"}, "2": {"at"}, "3": {"value"}, "4": {"value"}, "5": {"source"}},
        **{"6": {"source"}, "7": {"kpi"}, "8": {"value"}},
    }
    assert not Reading.objects.exists()
    for body in ([], {}, {"readings": []}, {"readings": "x"}):
        assert machine.post(reverse("kpis:api_feed"), body, format="json").status_code == 400


def test_what_the_portal_computes_is_not_taken_from_others(machine: APIClient) -> None:
    Kpi.objects.filter(slug="size").update(figure="run-success")
    assert "kpi" in send(machine, ROW).json()["errors"]["readings"]["0"]


def test_without_the_right_or_with_a_revoked_token_nothing_is_taken(size: Kpi) -> None:
    assert send(APIClient(), ROW).status_code == 401
    token, secret = APIToken.create_token(user=person("Editors"), name="reads")
    reader = APIClient()
    reader.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert send(reader, ROW).status_code == 403
    assert reader.get(reverse("kpis:api")).status_code == 200
    token.revoke()
    assert reader.get(reverse("kpis:api")).status_code == 401
    reader.credentials(HTTP_AUTHORIZATION="Bearer wagtail_madeup")
    assert reader.get(reverse("kpis:api")).status_code == 401


def test_a_session_needs_its_csrf_token(size: Kpi) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(person("Administrators"))
    assert send(client, ROW).status_code == 403


def test_events_go_on_from_where_one_stopped(machine: APIClient) -> None:
    send(machine, ROW, {**ROW, "at": "2026-11-21"})
    first = machine.get(reverse("kpis:api_events")).data
    assert [row["value"] for row in first["results"]] == ["120.5", "120.5"]
    assert first["results"][0]["unit"] == "lines"
    after = machine.get(reverse("kpis:api_events"), {"after": first["next_after"]}).data
    assert after == {"results": [], "next_after": first["next_after"]}
    assert machine.get(reverse("kpis:api_events"), {"after": "x"}).status_code == 400


def upload(client: Client, text: str | bytes) -> Any:
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = "values.csv"
    return client.post(reverse("kpi_upload"), {"file": file})


def test_a_file_is_looked_at_before_it_is_kept(size: Kpi, client: Client) -> None:
    client.force_login(person("Administrators"))
    preview = upload(client, "kpi,source,at,value\nsize,<b>git</b>,2026-11-20,120\n")
    assert not Reading.objects.exists()
    assert "<b>git</b>" not in preview.content.decode()
    checked = BeautifulSoup(preview.content, "html.parser").select_one("[name=checked]")["value"]
    client.post(reverse("kpi_upload"), {"checked": checked})
    client.post(reverse("kpi_upload"), {"checked": checked})
    assert Reading.objects.get().value == 120


def test_a_bad_file_names_its_lines(size: Kpi, client: Client) -> None:
    client.force_login(person("Administrators"))
    response = upload(client, "kpi,source,at,value\nsize,git,2026-11-20,many\nno,git,x,1\n")
    text = " ".join(BeautifulSoup(response.content, "html.parser").text.split())
    assert "Line 2, value: Give a number." in text
    assert "Line 3, kpi:" in text and "Line 3, at:" in text
    for wrong in ("a,b\n1,2\n", "kpi,source,at,value\n", b"\xff\xfe\x00"):
        assert not Reading.objects.exists()
        assert upload(client, wrong).status_code == 200
    client.post(reverse("kpi_upload"), {"checked": "forged"})
    assert not Reading.objects.exists()


def test_who_may_not_bring_values_has_no_upload(size: Kpi, client: Client) -> None:
    client.force_login(person("Editors"))
    assert client.get(reverse("kpi_upload")).status_code in (302, 403)


def test_the_export_is_what_came_in_and_can_be_brought_again(
    machine: APIClient, client: Client
) -> None:
    at = (timezone.now() - timedelta(days=1)).replace(microsecond=0)
    send(machine, {**ROW, "at": at.isoformat(), "source": "=git", "value": -3})
    client.force_login(person("Editors"))
    text = b"".join(client.get("/measures/size.csv").streaming_content).decode()
    assert text.splitlines()[1].split(",")[1:] == [
        "'=git",
        text.splitlines()[1].split(",")[2],
        "-3",
        "lines",
    ]
    (row,) = client.get("/measures/size.json").json()["readings"]
    assert (row["source"], row["value"]) == ("=git", "-3")


def test_the_schema_says_how_to_log_in(home: Page, client: Client) -> None:
    schema = client.get("/api/v1/schema/", HTTP_ACCEPT="application/json").json()
    assert schema["components"]["securitySchemes"]["apiToken"]["scheme"] == "bearer"
