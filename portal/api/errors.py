"""One shape for all errors of the API: RFC 9457 problem details."""

from typing import Any

from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """``{"type", "title", "status", "errors"?}``; ``errors`` maps a field to its messages."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body: dict[str, Any] = {"type": "about:blank", "status": response.status_code}
    if isinstance(error, exceptions.ValidationError):
        body |= {"title": "Some fields are not valid.", "errors": response.data}
    else:
        body["title"] = str(getattr(error, "detail", response.status_text))
    response.data = body
    response.content_type = "application/problem+json"
    return response
