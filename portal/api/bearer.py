"""Wagtail's tokens for the portal's own API: ``Authorization: Bearer wagtail_…``.

A person makes one on the page of the own account, the operator one for others by ``manage.py
api_tokens``; only a digest is stored. The middleware tells who asks before anything else is decided, so
that what holds for the person holds for the token too.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from wagtail.models import APIToken

PREFIX = "/api/"
# A token in steady use is not written down at every request.
TOUCHED_AFTER_SECONDS = 60


def _sent(request: HttpRequest) -> str | None:
    """The token of the request, whatever it is worth; None without one."""
    scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _found(given: str) -> APIToken | None:
    if not APIToken.validate_token_format(given):
        return None
    hashes = APIToken.candidate_key_hashes(given)
    rows = APIToken.objects.select_related("user")
    found = rows.filter(key_hash__in=hashes, revoked_at__isnull=True).first()
    if found is None or not found.user.is_active:
        return None
    now, last = timezone.now(), found.last_used_at
    if last is None or (now - last).total_seconds() > TOUCHED_AFTER_SECONDS:
        APIToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


class BearerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = _sent(request) if request.path.startswith(PREFIX) else None
        if given is not None:
            token = _found(given)
            request.api_token = token  # type: ignore[attr-defined]  # for the class below
            if token is not None:
                request.user = token.user
        return self.get_response(request)


class TokenAuthentication(BaseAuthentication):
    """What the middleware found. A token that is none of ours is refused, whoever is logged in."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        asked = request._request
        if _sent(asked) is None:
            return None
        token = getattr(asked, "api_token", None)
        if token is None:
            raise AuthenticationFailed
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it; known as soon as this module is."""

    target_class = TokenAuthentication
    name = "apiToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
