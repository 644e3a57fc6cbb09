"""One shape for all errors of the API: RFC 9457 problem details."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


class TooLarge(exceptions.APIException):
    """More than DATA_UPLOAD_MAX_MEMORY_SIZE; Django alone would answer 400."""

    status_code = 413
    default_detail = _("This is more than one request may bring.")


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """``{"type", "title", "status", "errors"?, …}``; ``errors`` maps a field to its messages.

    What an error carries as ``extra`` stands beside them: of a conflict the current state.
    """
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    response = exception_handler(error, context)
    if response is None:
        return None
    body = _body(response.status_code)
    if isinstance(error, exceptions.ValidationError):
        body |= {"title": "Some fields are not valid.", "errors": response.data}
    else:
        body["title"] = str(getattr(error, "detail", response.status_text))
    response.data = body | getattr(error, "extra", {})
    response.content_type = MEDIA_TYPE
    return response


def refused(status: int, title: str) -> HttpResponse:
    """The same where no view is asked."""
    return JsonResponse(_body(status) | {"title": title}, status=status, content_type=MEDIA_TYPE)


def _body(status: int) -> dict[str, Any]:
    return {"type": "about:blank", "status": status}
