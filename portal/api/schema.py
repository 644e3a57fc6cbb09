"""What the OpenAPI document covers."""

from typing import Any

PREFIX = "/api/v1/"


def only_ours(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """Leave out the interfaces of Wagtail's admin, which are not for integrators."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]
