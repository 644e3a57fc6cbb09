"""For programs that read the site: robots.txt and llms.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from knowledge.catalog.selectors import public

# Nothing to find there, or as many addresses as there are filters.
NOT_FOR_ROBOTS = ("/admin/", "/login/", "/logout/", "/search/", "/feedback/", "/fill/", "/api/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    if getattr(settings, "PORTAL_NOINDEX", False):
        lines.append("Disallow: /")
    else:
        lines += [f"Disallow: {path}" for path in NOT_FOR_ROBOTS]
        lines += ["", f"Sitemap: {settings.PORTAL_BASE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """Every public artifact with its bottom line and the address of its Markdown form."""
    context = {"shelves": public.shelves(), "base_url": settings.PORTAL_BASE_URL}
    return render(request, "portal/llms.txt", context, content_type="text/plain; charset=utf-8")
