"""A request carries one id in its answer, in every log line and into tasks."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="-")


def chosen(given: str) -> str:
    """The proxy's id when it looks like one, else a new one."""
    return given if _ACCEPTABLE.fullmatch(given) else secrets.token_hex(8)


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = chosen(request.headers.get(HEADER, ""))
        token = _current.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = request_id
        return response


class RequestIdFilter(logging.Filter):
    """Gives log records the id of the request that they belong to, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True
