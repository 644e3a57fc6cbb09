"""Opens the form of a new page with what the report suggests: title, maturity, industry.

The form is Wagtail's own, at its own address; kind and category are part of that address. Nothing
is saved by opening it, and whoever may not add the page there is refused by Wagtail as ever.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.kinds import Maturity
from knowledge.catalog.models import Artifact, Industry
from knowledge.exchange.kinds import PAGE_TYPES

# Not the plain names: other reasons to put a title into that address may come.
PREFIX = "suggested_"
MAX_TITLE_CHARS = 200


def url_of(
    *, kind: str, category_id: int, title: str, industry: str = "", maturity: int | None = None
) -> str:
    """The address of the form for a new page of this kind in this category."""
    model = PAGE_TYPES[kind]
    names = [model._meta.app_label, model._meta.model_name, category_id]
    values = {"title": title, "industry": industry, "maturity": maturity}
    query = urlencode({f"{PREFIX}{name}": value for name, value in values.items() if value})
    return f"{reverse('wagtailadmin_pages:add', args=names)}?{query}"


def remember(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> None:
    """Hook ``before_create_page``: the signal that follows knows the parent, not the request."""
    parent_page._suggested = {  # type: ignore[attr-defined]  # for this request
        name: request.GET.get(f"{PREFIX}{name}", "") for name in ("title", "industry", "maturity")
    }


def fill(page: Page, parent: Page, **_: Any) -> None:
    """Signal ``init_new_page``: the page of an empty form."""
    wanted = getattr(parent, "_suggested", None)
    if not wanted or not isinstance(page, Artifact):
        return
    page.title = " ".join(wanted["title"].split())[:MAX_TITLE_CHARS]
    if wanted["maturity"] in map(str, Maturity.values):
        page.maturity = int(wanted["maturity"])
    if wanted["industry"].isprintable():
        page.industries = list(Industry.objects.filter(slug=wanted["industry"]))
