"""Wagtail's tokens for the portal's own API: ``Authorization: Bearer wagtail_…``.

Made under Settings, API tokens, for an account that has the right; only a digest is stored.
"""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from wagtail.models import APIToken

# A token in steady use is not written down at every request.
TOUCHED_AFTER_SECONDS = 60


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        scheme, _space, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        given = token.decode("ascii", "replace").strip()
        found = None
        if APIToken.validate_token_format(given):
            found = (
                APIToken.objects.select_related("user")
                .filter(key_hash__in=APIToken.candidate_key_hashes(given), revoked_at__isnull=True)
                .first()
            )
        if found is None or not found.user.is_active:
            raise AuthenticationFailed
        now = timezone.now()
        last = found.last_used_at
        if last is None or (now - last).total_seconds() > TOUCHED_AFTER_SECONDS:
            APIToken.objects.filter(pk=found.pk).update(last_used_at=now)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it; known as soon as this module is."""

    target_class = TokenAuthentication
    name = "apiToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
