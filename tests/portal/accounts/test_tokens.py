"""A person's own tokens: made, shown once, used, revoked."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from rest_framework.test import APIClient
from wagtail.models import APIToken

from portal.accounts.services import MOST_TOKENS
from tests.factories import machine, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
URL = "/account/tokens/"


def make(client: Client, name: str = "Pipeline") -> str:
    page = BeautifulSoup(client.post(URL, {"name": name}).content, "html.parser")
    return page.find(id="secret")["value"]


def works(secret: str) -> bool:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client.get("/api/v1/runs/").status_code == 200


@pytest.fixture
def anna(client: Client) -> Any:
    user = person("Viewers")
    client.force_login(user)
    return user


def test_it_is_shown_once_and_lets_in(anna: Any, client: Client) -> None:
    secret = make(client, "<b>Pipeline</b>")
    assert works(secret)
    page = client.get(URL).content.decode()
    assert secret not in page
    assert "&lt;b&gt;Pipeline&lt;/b&gt;" in page
    assert "Last used on" in page
    assert secret not in str(APIToken.objects.values_list())


def test_a_revoked_one_lets_nobody_in(anna: Any, client: Client) -> None:
    secret = make(client)
    token = APIToken.objects.get()
    client.post(f"{URL}{token.pk}/revoke/")
    assert not works(secret)
    assert "You have no token." in client.get(URL).content.decode()
    assert client.post(f"{URL}{token.pk}/revoke/").status_code == 404


def test_those_of_others_are_not_there(anna: Any, client: Client) -> None:
    make(client)
    other = Client()
    other.force_login(person("Editors"))
    assert "Pipeline" not in other.get(URL).content.decode()
    assert other.post(f"{URL}{APIToken.objects.get().pk}/revoke/").status_code == 404
    assert Client().get(URL).status_code == 302


def test_a_name_is_asked_for_and_there_is_an_end(anna: Any, client: Client) -> None:
    assert client.post(URL, {"name": " "}).status_code == 400
    for number in range(MOST_TOKENS):
        APIToken.create_token(user=anna, name=str(number))
    refused = client.post(URL, {"name": "One more"})
    assert refused.status_code == 400
    assert "Revoke one that is not used." in refused.content.decode()


def test_who_has_left_or_only_reads_changes_nothing(anna: Any) -> None:
    client = machine(anna)
    anna.is_active = False
    anna.save()
    assert client.get("/api/v1/runs/").status_code == 401
    auditor = machine(person("Auditors"))
    assert auditor.get("/api/v1/runs/").status_code == 200
    assert auditor.post("/api/v1/runs/", {}, format="json").status_code == 403
