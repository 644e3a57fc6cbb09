"""Categories and sections as faceted listings (the catalogue fires the hook); search words in the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from knowledge.catalog.models import CategoryPage, SectionPage
from search.admin import trying, words

register_snippet(words.WordsGroup)


@hooks.register("register_admin_urls")
def add_trial() -> list[URLPattern]:
    return [path("search-words/try/", trying.try_words, name="search_try")]


@hooks.register("before_serve_page")
def list_section(page: Page, request: HttpRequest, *_: Any) -> HttpResponse | None:
    if not isinstance(page, (CategoryPage, SectionPage)):
        return None
    from search.views.sections import section

    return section(request, page)
