"""Error pages in the site's style, with the frame that the person knows while the database answers."""

import sys
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

RETRY_AFTER_SECONDS = 10


def _answer(
    request: HttpRequest, status: int, template: str, message: str, *, framed: bool = True
) -> HttpResponse:
    """``framed``: with categories and account, as on every page; they are asked of the database."""
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": message, "status": status}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    if framed:
        # Whatever it is about, an error page is not what fails.
        with suppress(DatabaseError, InterfaceError):
            return render(request, template, {"message": message, "framed": True}, status=status)
    return render(request, template, {"message": message}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = getattr(exception, "message", "") or "The request could not be understood."
    return _answer(request, 400, "400.html", message)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "403.html", "You may not do this.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404, "404.html", "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that does not answer is no fault of ours, and comes back: 503, not 500."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = _answer(
            request, 503, "503.html", "The portal is away for a moment.", framed=False
        )
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return _answer(request, 500, "500.html", "Something went wrong on our side.", framed=False)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "csrf.html", "The form was too old or came from another place.")
