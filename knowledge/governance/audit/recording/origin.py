"""Who is at it and from where, for code that knows no request. Set for the time of a request."""

from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.log_actions import get_active_log_context

from knowledge.governance.throttle import client_address

_request: ContextVar[HttpRequest | None] = ContextVar("audit_request", default=None)
# How much of an address is kept when it is shortened: the network of many, not the desk of one.
KEPT_BITS = {4: 24, 6: 48}
NONE, SHORT, FULL = "none", "short", "full"
HOW = (NONE, SHORT, FULL)


class AuditMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def actor() -> Any:
    """The person of the running action or request; None for the system."""
    user = get_active_log_context().user
    if user is None:
        user = getattr(_request.get(), "user", None)
    return user if user is not None and user.is_authenticated else None


def address() -> str:
    """As much of the sender's address as ``PORTAL_AUDIT_ADDRESSES`` wants kept."""
    request = _request.get()
    if request is None or settings.PORTAL_AUDIT_ADDRESSES == NONE:
        return ""
    try:
        sender = ip_address(client_address(request))
    except ValueError:
        return ""
    if settings.PORTAL_AUDIT_ADDRESSES == FULL:
        return str(sender)
    network = ip_network(f"{sender}/{KEPT_BITS[sender.version]}", strict=False)
    return str(network)
