"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from knowledge.catalog.permissions import access_of, enters_admin
from knowledge.catalog.selectors.categories import categories


def site(request: HttpRequest) -> dict[str, Any]:
    """What costs a look-up is looked up only by templates that show it."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.PORTAL_BASE_URL,
        "nav_categories": SimpleLazyObject(lambda: categories(access_of(request))),
        "enters_admin": SimpleLazyObject(lambda: enters_admin(getattr(request, "user", None))),
        "noindex": getattr(settings, "PORTAL_NOINDEX", False),
    }
