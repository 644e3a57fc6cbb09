"""Which content security policy an answer gets: the site's, the admin's, a preview's, the diagram's."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

BY_PREFIX = {
    "/admin/": settings.PORTAL_ADMIN_POLICY,
    "/diagrams/": settings.PORTAL_DIAGRAM_POLICY,
    # The interactive API document styles itself from script.
    "/api/v1/docs/": settings.PORTAL_ADMIN_POLICY,
}


class SitePolicyMiddleware(CSPMiddleware):
    """django-csp with a policy by the first part of the address."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        shows_artifacts = True
        for prefix, policy in BY_PREFIX.items():
            if request.path.startswith(prefix):
                response._csp_config = policy  # type: ignore[attr-defined]  # django-csp's way
                shows_artifacts = False
        # Wagtail sends a request of its own through all of this to draw a draft; the answer passes
        # here a second time as one of the admin, and keeps what it has.
        if getattr(request, "is_preview", False):
            response._csp_config = settings.PORTAL_PREVIEW_POLICY  # type: ignore[attr-defined]
            shows_artifacts = True
        if shows_artifacts and settings.PORTAL_EMBEDS_ENABLED:
            response._csp_update = {"frame-src": settings.PORTAL_EMBED_HOSTS}  # type: ignore[attr-defined]
        return super().process_response(request, response)
