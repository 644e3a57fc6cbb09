"""Answers categories and sections with the faceted listing (the catalogue fires the hook)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from knowledge.catalog.models import CategoryPage, SectionPage


@hooks.register("before_serve_page")
def list_section(page: Page, request: HttpRequest, *_: Any) -> HttpResponse | None:
    if not isinstance(page, (CategoryPage, SectionPage)):
        return None
    from search.views.sections import section

    return section(request, page)
