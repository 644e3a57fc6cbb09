"""A script that speaks to the API in somebody's name."""

from typing import Any

from rest_framework.test import APIClient
from wagtail.models import APIToken


def machine(user: Any) -> APIClient:
    """A client with a token of ``user``."""
    _token, secret = APIToken.create_token(user=user, name="script")
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client
