"""Where a form was sent from, for forms that stand on kept pages and so carry no token."""

from django.conf import settings
from django.http import HttpRequest


def is_foreign(request: HttpRequest) -> bool:
    """A browser says where a form was sent from; programs that say nothing are let through."""
    origin = request.headers.get("Origin")
    if not origin or origin == "null":
        assumed = "cross-site" if origin else "same-origin"
        return request.headers.get("Sec-Fetch-Site", assumed) not in ("same-origin", "none")
    scheme = "https" if request.is_secure() else "http"
    return origin not in {f"{scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
