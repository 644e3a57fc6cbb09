"""What the OpenAPI document covers, and what holds for all of it."""

from typing import Any

PREFIX = "/api/v1/"
WRITES = frozenset(["POST", "PUT", "PATCH", "DELETE"])
HEADER = "Idempotency-Key"

_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": (
        "A value of your own for this one write, such as a UUID. Sent again within 24 hours with the"
        " same body, the first answer comes again and nothing is done twice; with another body it is"
        " refused (422)."
    ),
    "example": "8e03978e-40d5-43e8-bc93-6894a57f9324",
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {"description": "Messages by the path of the field."},
        "current": {"description": "Of a conflict: the state as it is now."},
    },
    "required": ["type", "title", "status"],
    "example": {
        "type": "about:blank",
        "status": 400,
        "title": "Some fields are not valid.",
        "errors": {"name": ["This field is required."]},
    },
}


def only_ours(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """Leave out the interfaces of Wagtail's admin, which are not for integrators."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """The header of writes and the shape of errors, for every operation alike."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method.upper() in WRITES:
                operation.setdefault("parameters", []).append(_KEY)
            operation["responses"]["default"] = {
                "description": "Anything else: what is wrong, in one shape.",
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            }
    return result
