"""Short ways to make a library and to search it."""

from typing import Any

from django.http import QueryDict
from wagtail.models import Page

from knowledge.catalog import models
from knowledge.catalog.permissions import Access
from search.querying import service
from search.querying.request import from_parameters
from search.querying.result import SearchResult
from tests.factories import home

RELATIONS = ("industries", "tools", "audiences", "regions")


def shelf(title: str = "Operations", slug: str = "") -> models.CategoryPage:
    """The category of that name; made when there is none."""
    slug = slug or title.lower()
    found = models.CategoryPage.objects.filter(slug=slug).first()
    if found is not None:
        return found
    top = home()
    page = models.CategoryPage(title=title, slug=slug)
    top.add_child(instance=page)
    return page


def section(title: str, parent: Page) -> models.SectionPage:
    page = models.SectionPage(title=title, slug=title.lower().replace(" ", "-"))
    parent.refresh_from_db()
    parent.add_child(instance=page)
    return page


def artifact(title: str = "An artifact", *, text: str = "", **fields: Any) -> models.Artifact:
    """A live guide, saved once, without a revision: quick. ``text`` is its only paragraph."""
    model = fields.pop("model", models.GuidePage)
    parent = fields.pop("parent", None) or shelf()
    tags = fields.pop("tags", ())
    relations = {name: fields.pop(name) for name in RELATIONS if name in fields}
    body = fields.pop("body", None) or [
        {"type": "markdown", "value": {"source": text or "Nothing in particular."}}
    ]
    fields.setdefault("bottom_line", "What it gives.")
    page = model(title=title, **fields)
    page.body = model._meta.get_field("body").to_python(body)
    for name, values in relations.items():
        setattr(page, name, values)
    page.tags.add(*tags)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    return page


def find(query: str = "", access: Access | None = None) -> SearchResult:
    """The result of an address: ``find("q=rollback&kind=guide")``."""
    return service.find(from_parameters(QueryDict(query)), access or Access())


def titles(query: str = "", access: Access | None = None) -> list[str]:
    return [hit.card.title for hit in find(query, access).hits]


def counts(result: SearchResult, field: str) -> dict[str, int]:
    facet = next(facet for facet in result.facets if facet.field == field)
    return {option.value: option.count for option in facet.options if option.count}
